"""The encoder and the reranker: made once by `build`, served through ONNX Runtime."""

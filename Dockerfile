# Three stages: install, build the page, run. Node 24 runs the TypeScript as it is; only the page is built.
FROM node:24.21.0-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# With the optional packages: the bundler's binaries are among them.
RUN npm ci

FROM install AS build
COPY tsconfig.json ./
COPY src ./src
COPY web ./web
RUN npx vite build --config web/vite.config.ts

FROM node:24.21.0-bookworm-slim AS run
# The configuration lies apart from the program, whose loader is in /app/config: an operator's folder mounted over that
# would keep an older version's program in use. Its relative paths begin at /srv/gongshi.
ENV NODE_ENV=production TZ=Asia/Shanghai GONGSHI_CONFIG=/srv/gongshi/config
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Of what runs, only Node itself is optional, which the image brings.
RUN npm ci --omit=dev --omit=optional && npm cache clean --force && mkdir -p /srv/gongshi/data && chown node:node /srv/gongshi/data
COPY tsconfig.json ./
COPY config ./config
COPY config/*.yaml config/*.json /srv/gongshi/config/
COPY crawlers ./crawlers
COPY storage ./storage
COPY src ./src
COPY --from=build /app/web/dist ./web/dist
USER node
VOLUME /srv/gongshi/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/cli/gongshi.js", "serve", "--host", "0.0.0.0", "--port", "8080"]

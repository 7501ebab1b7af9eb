# Three stages: install, build the page, run. Node 24 runs the TypeScript as it is; only the page is built.
FROM node:24.21.0-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings Node: the registry's copies are for machines without it.
RUN npm ci --omit=optional

FROM install AS build
COPY tsconfig.json ./
COPY src ./src
COPY web ./web
RUN npx vite build --config web/vite.config.ts

FROM node:24.21.0-bookworm-slim AS run
ENV NODE_ENV=production TZ=Asia/Shanghai
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional && npm cache clean --force && mkdir /app/data && chown node:node /app/data
COPY tsconfig.json ./
COPY config ./config
COPY crawlers ./crawlers
COPY storage ./storage
COPY src ./src
COPY --from=build /app/web/dist ./web/dist
USER node
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/cli/gongshi.js", "serve", "--host", "0.0.0.0", "--port", "8080"]

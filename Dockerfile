# One image for every role: docker-compose.yml says which.
FROM node:22-bookworm-slim@sha256:43ac6c60b8f89723f746e8a92ce91abd5017e627ce1ddfe4238355d3a30b772c AS build
WORKDIR /app
COPY . .
# What compiles it stays behind.
RUN npm ci && npm prune --omit=dev && rm -r node_modules/typescript node_modules/@types

FROM node:22-bookworm-slim@sha256:43ac6c60b8f89723f746e8a92ce91abd5017e627ce1ddfe4238355d3a30b772c
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN mkdir /data /token && chown node:node /data /token
USER node
ENV RESTANTE_DATA_DIR=/data
VOLUME /data
ENTRYPOINT ["/app/dist/clients/cli/main.js"]
CMD ["start"]

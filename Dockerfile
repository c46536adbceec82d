# Three stages: build the app, build one static binary with it, ship only that.
FROM node:22-bookworm-slim AS app
WORKDIR /src/app
COPY app/package.json app/package-lock.json app/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY app ./
ARG VERSION=dev
RUN HUIFANG_VERSION=${VERSION} npm run build

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=app /src/app/dist app/dist
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/huifang . \
 && mkdir -p /out/data

FROM scratch
COPY --from=build /out/huifang /huifang
# Buckets of photos are reached over TLS.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
ENV HUIFANG_DATA=/data HUIFANG_LISTEN=:8080
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["/huifang", "healthcheck"]
ENTRYPOINT ["/huifang"]
CMD ["serve"]

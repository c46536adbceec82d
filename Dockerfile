# Two stages: build one static binary, ship only that.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/huifang . \
 && mkdir -p /out/data

FROM scratch
COPY --from=build /out/huifang /huifang
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
ENV HUIFANG_DATA=/data HUIFANG_LISTEN=:8080
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["/huifang", "healthcheck"]
ENTRYPOINT ["/huifang"]
CMD ["serve"]

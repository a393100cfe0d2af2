# Two stages: a static build, then an image with nothing but the program.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# What duban version says, because the repository is not copied in.
ARG COMMIT=
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X main.commit=$COMMIT" -o /duban . && mkdir /empty

FROM scratch
# Zone data is compiled in (time/tzdata); certificates are for calls to Telegram.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /duban /duban
COPY --from=build --chown=65532:65532 /empty /data
COPY --from=build --chown=65532:65532 /empty /tmp
USER 65532:65532
WORKDIR /
ENV DUBAN_STORAGE_PATH=/data/duban.db DUBAN_CACHE_DIR=/data/cache
VOLUME /data
ENTRYPOINT ["/duban"]
CMD ["serve"]

# newsfold: one image for every role. Multi-stage; runs as a user without rights on a read-only root.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings Node itself; the packages that bring it to a checkout stay out.
RUN npm ci --omit=optional
COPY tsconfig.json tsconfig.build.json ./
COPY tools tools
COPY src src
RUN npm run build && npm prune --omit=dev --omit=optional

FROM node:24-bookworm-slim
ENV NODE_ENV=production NEWSFOLD_CONFIG_DIR=/config NEWSFOLD_SERVER_HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY LICENSE ./
COPY config /config
# Group 0 may write, so that platforms which choose a user id of their own (OpenShift) work too.
RUN mkdir -p /app/data && chown -R node:0 /app/data /config && chmod -R g=u /app/data /config
# One pool of memory instead of one a thread: 40 MiB less, and no slower.
ENV MALLOC_ARENA_MAX=1
USER node
VOLUME ["/app/data", "/config"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.NEWSFOLD_SERVER_PORT || 8080) + '/healthz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=4", "dist/main.js"]
CMD ["serve"]

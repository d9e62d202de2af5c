# Production dependencies only, a user without rights, and nothing that needs a writable root:
#   docker build -t risbot .
#   docker run --rm --read-only --tmpfs /tmp -v risbot-data:/data \
#     -e CUCM_URL -e CUCM_USERNAME -e CUCM_PASSWORD -e SLACK_BOT_TOKEN -e SLACK_APP_TOKEN risbot
# Webex instead of Slack, or besides: -e WEBEX_TOKEN.
# A terminal instead: docker run --rm -it … risbot chat. More in docs/operating.md.
# test/proof/dockerfile.test.ts does these steps in a temporary folder, where no Docker engine is at hand.
FROM node:26.10.0-slim

WORKDIR /app
ENV NODE_ENV=production
# What risbot remembers is on the volume; the rest of the root may be read-only.
ENV RISBOT_DATABASE=sqlite:/data/risbot.db

COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

COPY LICENSE README.md ./
COPY src ./src
COPY adapters ./adapters
COPY simulator ./simulator

RUN mkdir /data && chown node:node /data
VOLUME /data

USER node
ENTRYPOINT ["node", "/app/src/main.ts"]
CMD ["serve"]

# The image of Pickaroon: a Java runtime, the program, no build tools. Builds with BuildKit and without.
#
#   docker build -t pickaroon .
#   docker run --rm pickaroon demo
#
# MAVEN_CLI_ARGS goes to Maven as it stands, such as "-s docker/settings.xml" for a repository of your own.

# Only what says which libraries are needed: layers that depend on it survive a change of the sources.
FROM eclipse-temurin:25-jdk AS poms
COPY . /src
RUN find /src -type f ! -name pom.xml ! -path '/src/.mvn/*' -delete && find /src -type d -empty -delete

FROM eclipse-temurin:25-jdk AS build
# Images leave out manuals, and then the packages of Java cannot be configured.
RUN mkdir -p /usr/share/man/man1 \
    && apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends maven \
    && rm -rf /var/lib/apt/lists/*
ARG MAVEN_CLI_ARGS=""
WORKDIR /src
COPY --from=poms /src ./
# A build without sources gets every library and plugin.
RUN mvn -q -B ${MAVEN_CLI_ARGS} -pl app -am package -Dmaven.test.skip=true -Dquick
COPY . .
RUN mvn -q -B -o ${MAVEN_CLI_ARGS} -pl app -am package -Dmaven.test.skip=true -Dquick \
    && mkdir -p /install/libraries/licenses /install/own/lib /install/own/broker \
    && mv app/target/licenses /install/libraries/licenses/lib \
    && mv dev-broker/target/licenses /install/libraries/licenses/broker \
    && cd app/target/dist \
    && mv lib/pickaroon-*.jar /install/own/lib \
    && mv broker/pickaroon-*.jar /install/own/broker \
    && mv bin /install/own \
    && chmod 755 /install/own/bin/pickaroon \
    && mv * /install/libraries

FROM eclipse-temurin:25-jre AS surroundings
LABEL org.opencontainers.image.title="Pickaroon" \
      org.opencontainers.image.description="Moves what matches in log files to Kafka, fixes it in the file, never loses its position"
COPY docker/healthcheck /usr/local/bin/healthcheck
ENV PATH="/opt/pickaroon/bin:${PATH}" HOME=/var/lib/pickaroon
# A new volume takes the mode of this directory. The user that the container runs as, such as the owner of the logs, makes a
# directory for its state in it, and that one is its own alone: checkpoint: { path: /var/lib/pickaroon/state/checkpoint }.
RUN install -d -m 1777 /var/lib/pickaroon
VOLUME /var/lib/pickaroon
WORKDIR /var/lib/pickaroon
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["/usr/local/bin/healthcheck"]
# The launcher becomes the JVM, which gets signals itself.
ENTRYPOINT ["pickaroon"]
CMD ["run", "--config", "/etc/pickaroon/pickaroon.yaml"]

FROM surroundings AS complete
COPY --from=build /install/libraries /opt/pickaroon
COPY --from=build /install/own /opt/pickaroon
COPY config/examples /opt/pickaroon/config/examples
# The JVM's start-up caches are made here, because there is neither memory nor a place for it in a container. The rehearsal needs
# the broker.
RUN export HOME=/tmp PICKAROON_START_CACHE=now \
    && pickaroon --version \
    && pickaroon run --help >/dev/null \
    && PICKAROON_VECTORS=on pickaroon run --help >/dev/null

FROM complete AS without-broker
RUN rm -r /opt/pickaroon/broker /opt/pickaroon/licenses/broker

# docker build --target node: what runs beside brokers of your own, such as on the nodes of a cluster.
FROM surroundings AS node
COPY --from=without-broker /opt/pickaroon /opt/pickaroon
# By number, so that it can be seen at once that it is not root.
USER 10001:10001

FROM complete
USER 10001:10001

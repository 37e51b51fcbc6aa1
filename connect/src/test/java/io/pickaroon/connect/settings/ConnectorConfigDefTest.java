package io.pickaroon.connect.settings;

import java.util.*;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class ConnectorConfigDefTest {
    @Test
    void print() {
        for (String lines : List.of(
            "a.b=c", "storage.label=", "storage.label=nfs 1", "storage.label=/mnt", "storage.lable=x", "splitBytes=1MiB", "split.bytes=1KiB", "split.bytes=64", "split.bytes=1mib", "split.bytes=many", "split.bytes=-1", "split.bytes=2000000GiB",
            "dead.letter.topic=a/b", "dead.letter.topic=", "deadletter.topic=dead",
            "topics.exist=yes", "topic.creation.default.partitions=", "topic.creation.default.partitions= topics.exist=true", "topic.creation.default.partitions= topic.creation.default.replication.factor=",
            "max.message.bytes=1", "max.message.bytes=2MiB", "max.message.bytes=2MiB producer.override.max.request.size=2097152","max.message.bytes=64MiB producer.override.max.request.size=1000 producer.override.buffer.memory=lots",
            "message.timestamp.after.max.ms=1h", "message.timestamp.before.max.ms=-1", "message.timestamp.before.max.ms=9223372036854775808",
            "exactly.once.support=", "exactly.once.support=requested", "exactly.once.support=REQUIRED", "transaction.boundary=", "transaction.boundary=poll", "value.converter=", "value.converter=org.apache.kafka.connect.json.JsonConverter", "key.converter=org.apache.kafka.connect.storage.StringConverter", "header.converter=org.apache.kafka.connect.json.JsonConverter", "header.converter=org.apache.kafka.connect.storage.StringConverter", "task.index=0 task.count=1",
            "inputs=", "rules=", "inputs.shop.include=", "inputs.shop.include=logs/*.log", "inputs.shop.mode=done", "inputs.shop.start=end", "inputs.shop.maxRate=1MiB/s", "inputs.shop.flushAfter=1s", "rules.errors.match.literal= rules.errors.match.regex=(", "rules.errors.match.regx=a", "rules.errors.emit.topic=a/b", "rules.errors.emit.topic=logs-{field.x} inputs.shop.parse=json", "rules.errors.fix.mask=*", "rules.errors.fix.when=rotated rules.errors.fix.mask.character=*", "rules.errors.fix.when=never rules.errors.fix.mask.with=*", "rules.errors.fix.when=never rules.errors.fix.mask=#  inputs.shop.delimiter=##", "lookInterval=1ms", "maxOpenFiles=0", "maxOpenFiles=many", "output.kafka.bootstrapServers=b:9092", "checkpoint.path=/x", "inputs.shop.include=logs/*.log rules.errors.match.literal= value.converter=")) {
            System.out.println("#### " + lines);
            for (ConfigValue v : ConnectorConfigDef.validate(ConnectorProperties.with(lines.split(" +"))))
                for (String e : v.errorMessages()) System.out.println(v.name() + " (" + v.value() + ") -> " + e);
        }
    }
}

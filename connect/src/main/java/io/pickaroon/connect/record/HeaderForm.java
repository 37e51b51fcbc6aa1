package io.pickaroon.connect.record;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;

/** As what a worker gets the values of headers, which the header converter of the connector decides. */
public enum HeaderForm {
    /** As the bytes that they are sent as: the cheapest, because nothing is converted. */
    BYTES {
        @Override
        Header of(String name, byte[] utf8) {
            return new MadeHeader(name, Schema.BYTES_SCHEMA, utf8);
        }
    },
    /** As text. A byte that is no UTF-8 becomes U+FFFD. */
    TEXT {
        @Override
        Header of(String name, byte[] utf8) {
            return new MadeHeader(name, Schema.STRING_SCHEMA, new String(utf8, StandardCharsets.UTF_8));
        }
    };

    /** @param utf8 not changed any more */
    abstract Header of(String name, byte[] utf8);

    Header of(String name, String value) {
        return of(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** How many bytes of a header's value are sent. */
    static int valueBytes(Header header) {
        return header.value() instanceof byte[] bytes ? bytes.length : Utils.utf8Length((String) header.value());
    }

    /** A header by itself: those of Connect come in lists alone. */
    private record MadeHeader(String key, Schema schema, Object value) implements Header {
        @Override
        public Header with(Schema newSchema, Object newValue) {
            return new MadeHeader(key, newSchema, newValue);
        }

        @Override
        public Header rename(String newKey) {
            return new MadeHeader(newKey, schema, value);
        }
    }
}

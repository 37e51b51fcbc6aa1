package io.pickaroon.app.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Composes the records of a demo log one after another, delimiter included, and knows of each which rules match it,
 * because it knows which words it put in.
 */
final class DemoRecords {
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final long FIRST_MILLIS =
            Instant.parse("2026-03-14T09:26:53.589Z").toEpochMilli();
    private static final int CARD_DIGITS = 16;
    private static final int LONGEST_STACK_TRACE = 18;

    private static final byte[][] LOGGERS = ascii(
            " c.e.shop.web.CartController ",
            " c.e.shop.web.CheckoutController ",
            " c.e.shop.search.ProductIndex ",
            " c.e.shop.mail.MailQueue ",
            " c.e.shop.store.OrderRepository ",
            " c.e.shop.auth.SessionFilter ");
    private static final byte[][] REQUESTS = ascii(
            " GET /cart/",
            " GET /products/",
            " POST /checkout/",
            " PUT /cart/items/",
            " GET /search?page=",
            " DELETE /cart/");
    private static final byte[][] NOTES = utf8(
            "cache refreshed after deploy, error budget untouched",
            "shipping to Zürich, Bahnhofstraße 7, naïve route chosen",
            "検索インデックスを更新しました",
            "customer left a review: « très bien » 👍",
            "payment page shown, card=**** hidden by policy",
            "gateway test mode, card=4111 is no card number",
            "session renewed; previous warnings acknowledged");
    private static final byte[][] WARNINGS = utf8(
            "slow query took longer than its budget",
            "retrying after connection reset by peer",
            "stock is low in Kraków");
    private static final byte[][] ERRORS = utf8(
            "order could not be stored: deadlock found when trying to get lock",
            "payment declined by the gateway: upstream timed out",
            "unhandled exception in request");
    private static final byte[][] STACK_FRAMES = ascii(
            "\tat com.example.shop.store.OrderRepository.save(OrderRepository.java:",
            "\tat com.example.shop.web.CheckoutController.submit(CheckoutController.java:",
            "\tat java.base/java.lang.reflect.Method.invoke(Method.java:",
            "\tat org.apache.catalina.core.ApplicationFilterChain.doFilter(ApplicationFilterChain.java:");
    private static final byte[] CAUSED_BY = one("Caused by: java.sql.SQLException: ORA-00060: deadlock detected");
    private static final byte[] ERROR = one("ERROR ");
    private static final byte[] FIXED = one("FIXED");
    private static final byte[] CARD_MASK = one("*".repeat(CARD_DIGITS - DemoRule.KEPT_DIGITS));
    private static final byte[] WARN = one("WARN  ");
    private static final byte[] INFO = one("INFO  ");
    private static final byte[] DEBUG = one("DEBUG ");
    private static final byte[] THREAD = one("[http-nio-8080-exec-");
    private static final byte[] REQUEST_ID = one("req=");
    private static final byte[] CLIENT = one("client=");
    private static final byte[] USER = one(" user=kunde");
    private static final byte[] MAIL_HOST = one("@example.com");
    private static final byte[] CARD = one(" card=");
    private static final byte[] PAYLOAD = one(" payload=");
    private static final byte[] FILLER = one("eyJvcmRlciI6eyJsaW5lcyI6W3sic2t1IjoiQS0xMDA3IiwicXR5IjoyfV19fQ");
    private static final byte[] ABRUPT_END = one("the log ends here, in the middle of a word, while it is being writ");

    private final SplittableRandom random;
    private final RecordText text = new RecordText();
    private final Set<DemoRule> matched = EnumSet.noneOf(DemoRule.class);
    private byte[] today = new byte[0];
    private long todayStartMillis;
    private long millis = FIRST_MILLIS;
    private int stackFramesLeft;
    private int delimiterBytes;
    /** Where the level and the card's digits stand in the record at hand; -1 if there are none that a rule changes. */
    private int errorAt;

    private int cardAt;

    DemoRecords(SplittableRandom random) {
        this.random = random;
        turnTo(Math.floorDiv(millis, MILLIS_PER_DAY) * MILLIS_PER_DAY);
    }

    /** The record composed last, with its delimiter. */
    RecordText text() {
        return text;
    }

    /** Masks the card number of the record composed last, if it has one, as the demo's rule does. */
    void maskCard() {
        if (cardAt >= 0) {
            text.overwrite(cardAt, CARD_MASK);
        }
    }

    /** Puts FIXED for the ERROR of the record composed last, if it is one. */
    void fixError() {
        if (errorAt >= 0) {
            text.overwrite(errorAt, FIXED);
        }
    }

    /** The rules that match the record composed last. */
    Set<DemoRule> matched() {
        return matched;
    }

    /** Length of the record composed last, without what the reader takes for its delimiter. */
    int recordBytes(boolean carriageReturnIsText) {
        return text.length() - (carriageReturnIsText ? Math.min(delimiterBytes, 1) : delimiterBytes);
    }

    /** Any record of ordinary length. */
    void composeNext() {
        start();
        if (stackFramesLeft > 0) {
            composeStackFrame();
        } else {
            int dice = random.nextInt(1000);
            if (dice < 12) {
                head(ERROR, DemoRule.ERRORS);
                text.append(pick(ERRORS));
                cardOnceIn(8);
                stackFramesLeft = random.nextBoolean() ? random.nextInt(LONGEST_STACK_TRACE) : 0;
            } else if (dice < 50) {
                head(WARN, DemoRule.WARNINGS);
                text.append(pick(WARNINGS));
                cardOnceIn(20);
            } else if (dice < 52) {
                text.clear();
            } else {
                head(dice < 150 ? DEBUG : INFO, null);
                composeAccess();
            }
        }
        end(random.nextInt(50) == 0);
    }

    /** A record of the given length without its delimiter, with an error and a card number near its start. */
    void composeLong(int recordBytes) {
        start();
        head(ERROR, DemoRule.ERRORS);
        text.append(pick(ERRORS));
        card();
        text.append(PAYLOAD).fillTo(recordBytes, FILLER);
        end(false);
    }

    /** The last record: an error of exactly the given length, without a delimiter. */
    void composeLast(int recordBytes) {
        start();
        head(ERROR, DemoRule.ERRORS);
        text.append(PAYLOAD)
                .fillTo(recordBytes - ABRUPT_END.length - 1, FILLER)
                .append(' ')
                .append(ABRUPT_END);
        delimiterBytes = 0;
    }

    private void start() {
        text.clear();
        matched.clear();
        errorAt = -1;
        cardAt = -1;
    }

    private void end(boolean withCarriageReturn) {
        if (withCarriageReturn) {
            text.append('\r');
        }
        text.append('\n');
        delimiterBytes = withCarriageReturn ? 2 : 1;
    }

    private void head(byte[] level, DemoRule rule) {
        if (rule != null) {
            matched.add(rule);
        }
        timestamp();
        errorAt = rule == DemoRule.ERRORS ? text.length() : -1;
        text.append(level)
                .append(THREAD)
                .appendDecimal(random.nextInt(1, 201), 1)
                .append(']')
                .append(pick(LOGGERS))
                .append(REQUEST_ID)
                .appendHex(random.nextLong(), 16)
                .append(' ');
    }

    private void composeAccess() {
        int dice = random.nextInt(100);
        if (dice < 10) {
            text.append(pick(NOTES));
            return;
        }
        text.append(CLIENT)
                .appendDecimal(random.nextInt(1, 224), 1)
                .append('.')
                .appendDecimal(random.nextInt(256), 1)
                .append('.')
                .appendDecimal(random.nextInt(256), 1)
                .append('.')
                .appendDecimal(random.nextInt(1, 255), 1);
        if (dice < 30) {
            text.append(USER).appendDecimal(random.nextInt(100_000), 1).append(MAIL_HOST);
        }
        text.append(pick(REQUESTS))
                .appendDecimal(random.nextInt(1_000_000), 1)
                .append(' ')
                .appendDecimal(dice == 30 ? 404 : 200, 3)
                .append(' ')
                .appendDecimal(random.nextInt(900), 1)
                .append('m')
                .append('s');
        cardOnceIn(200);
    }

    private void composeStackFrame() {
        stackFramesLeft--;
        if (random.nextInt(12) == 0) {
            text.append(CAUSED_BY);
        } else {
            text.append(pick(STACK_FRAMES))
                    .appendDecimal(random.nextInt(1, 900), 1)
                    .append(')');
        }
    }

    private void cardOnceIn(int records) {
        if (random.nextInt(records) == 0) {
            card();
        }
    }

    private void card() {
        matched.add(DemoRule.CARDS);
        text.append(CARD);
        cardAt = text.length();
        text.appendDecimal(random.nextLong(4_000_000_000_000_000L, 6_000_000_000_000_000L), CARD_DIGITS);
    }

    private void timestamp() {
        millis += random.nextInt(4);
        long inDay = millis - todayStartMillis;
        if (inDay >= MILLIS_PER_DAY) {
            turnTo(todayStartMillis + MILLIS_PER_DAY);
            inDay -= MILLIS_PER_DAY;
        }
        text.append(today)
                .appendDecimal(inDay / 3_600_000, 2)
                .append(':')
                .appendDecimal(inDay / 60_000 % 60, 2)
                .append(':')
                .appendDecimal(inDay / 1000 % 60, 2)
                .append('.')
                .appendDecimal(inDay % 1000, 3)
                .append('Z')
                .append(' ');
    }

    private void turnTo(long dayStartMillis) {
        todayStartMillis = dayStartMillis;
        today = one(Instant.ofEpochMilli(dayStartMillis).toString().substring(0, "2026-03-14T".length()));
    }

    private byte[] pick(byte[][] texts) {
        return texts[random.nextInt(texts.length)];
    }

    private static byte[] one(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[][] ascii(String... texts) {
        return Stream.of(texts).map(DemoRecords::one).toArray(byte[][]::new);
    }

    private static byte[][] utf8(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }
}

package io.pickaroon.connectors.kafka.claim;

import io.pickaroon.connectors.kafka.claim.Claim.Start;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A start and what the positions topic holds when it comes: one of a few hundred thousand combinations.
 *
 * @param standing what the checkpoint knows of its name
 * @param orders what the configuration and the command line say
 * @param adopted what the checkpoint remembers of {@code --adopt}
 * @param owners whose claim or positions each name has
 * @param sameRule whether they are for a rule that this start has
 */
record ClaimWorld(
        Standing standing, Orders orders, Optional<String> adopted, Map<String, Owner> owners, boolean sameRule) {
    static final String OWN = "host-1-0000abcd";
    static final String GIVEN = "given";
    static final String OTHER = "other";
    static final String HERE = "/state/checkpoint";
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static final Instant CLAIMED_AT = NOW.minusSeconds(3_600);
    private static final FileIdentity FILE = new FileIdentity(1, 2, 3);
    private static final long ME = 0x11;
    private static final long STARTS = 5;
    private static final long TOKEN = 55;
    private static final long RENEWALS = 3;

    /** Whose a claim is. */
    enum Owner {
        NONE,
        POSITIONS_WITHOUT_CLAIM,
        ME_EARLIER,
        ME_NOW,
        COPY_LATER,
        COPY_AT_THE_SAME_NUMBER,
        COPY_IN_THE_SAME_START,
        LOST_HERE,
        ANOTHER_PATH_THAT_IS_GONE,
        ANOTHER_PATH,
        ANOTHER_HOST_SAME_PATH,
        PASSING;

        boolean isMine() {
            return this == ME_EARLIER || this == ME_NOW;
        }

        boolean isCopy() {
            return this == COPY_LATER || this == COPY_AT_THE_SAME_NUMBER || this == COPY_IN_THE_SAME_START;
        }

        boolean isForeign() {
            return ordinal() >= LOST_HERE.ordinal();
        }
    }

    static Orders orders(Optional<String> given, Optional<String> adopt, boolean startAnew) {
        return new Orders(given, adopt, startAnew, "-c a.yaml");
    }

    Optional<String> given() {
        return orders.instance();
    }

    Optional<String> adopt() {
        return orders.adopt();
    }

    boolean startAnew() {
        return orders.startAnew();
    }

    Owner owner(String name) {
        return owners.getOrDefault(name, Owner.NONE);
    }

    Verdict verdict() {
        return ClaimDecision.of(claimant(), contents());
    }

    ClaimWorld with(Optional<String> adopt, boolean startAnew) {
        return new ClaimWorld(standing, orders(given(), adopt, startAnew), adopted, owners, sameRule);
    }

    Claimant claimant() {
        return claimant(FILE);
    }

    /** A start whose inputs have this file alone. */
    Claimant claimant(FileIdentity file) {
        return new Claimant(
                new Instance(ME, OWN, standing, new Instance.Start(STARTS, TOKEN, RENEWALS), 0, adopted),
                orders,
                home(),
                Set.of("rule"),
                Map.of(file, new KnownFile(Set.of("rule"), OptionalLong.empty())),
                NOW);
    }

    private Claimant.Home home() {
        return new Claimant.Home("host-1", standing == Standing.PASSING ? "" : HERE, path -> !path.endsWith("/gone"));
    }

    TopicContents contents() {
        Map<String, Claim> claims = new HashMap<>();
        Map<String, Map<FileIdentity, StoredPosition>> positions = new HashMap<>();
        String rule = sameRule ? "rule" : "another";
        StoredPosition position = new StoredPosition(
                "/a.log", new DeliveredPosition(new Position(100, true), Set.of(rule), 0), NOW.minusSeconds(60));
        owners.forEach((name, owner) -> {
            if (owner != Owner.NONE) {
                positions.put(name, Map.of(FILE, position));
            }
            claim(owner, rule).ifPresent(claim -> claims.put(name, claim));
        });
        return new TopicContents(claims, positions, Map.of(), true);
    }

    private static Optional<Claim> claim(Owner owner, String rule) {
        return switch (owner) {
            case NONE, POSITIONS_WITHOUT_CLAIM -> Optional.empty();
            case ME_EARLIER -> claim(ME, "host-0", "/before", new Start(STARTS - 1, 1, CLAIMED_AT), rule);
            case ME_NOW -> claim(ME, "host-0", HERE, new Start(STARTS, TOKEN, RENEWALS, CLAIMED_AT), rule);
            case COPY_LATER -> claim(ME, "host-2", HERE, new Start(STARTS + 1, 1, CLAIMED_AT), rule);
            case COPY_AT_THE_SAME_NUMBER -> claim(ME, "host-2", HERE, new Start(STARTS, TOKEN + 1, CLAIMED_AT), rule);
            case COPY_IN_THE_SAME_START ->
                claim(ME, "host-1", HERE, new Start(STARTS, TOKEN, RENEWALS + 1, CLAIMED_AT), rule);
            case LOST_HERE -> claim(0x22, "host-1", HERE, new Start(9, 1, CLAIMED_AT), rule);
            case ANOTHER_PATH_THAT_IS_GONE -> claim(0x23, "host-1", "/gone", new Start(1, 1, CLAIMED_AT), rule);
            case ANOTHER_PATH -> claim(0x24, "host-1", "/there", new Start(1, 1, CLAIMED_AT), rule);
            case ANOTHER_HOST_SAME_PATH -> claim(0x25, "host-2", HERE, new Start(1, 1, CLAIMED_AT), rule);
            case PASSING -> claim(0x26, "host-1", "", new Start(1, 1, CLAIMED_AT), rule);
        };
    }

    private static Optional<Claim> claim(long id, String host, String path, Start start, String rule) {
        return Optional.of(new Claim(id, host, path, start, Set.of(rule), path.isEmpty()));
    }

    /** Every combination. */
    static List<ClaimWorld> all() {
        List<ClaimWorld> worlds = new ArrayList<>();
        for (Standing standing : Standing.values()) {
            for (Optional<String> given : List.of(Optional.<String>empty(), Optional.of(OWN), Optional.of(GIVEN))) {
                for (Optional<String> adopt : List.of(
                        Optional.<String>empty(), Optional.of(OWN), Optional.of(OTHER), Optional.of("unknown"))) {
                    for (boolean startAnew : new boolean[] {false, true}) {
                        for (Optional<String> adopted : List.of(Optional.<String>empty(), Optional.of(OWN))) {
                            addOwners(worlds, standing, orders(given, adopt, startAnew), adopted);
                        }
                    }
                }
            }
        }
        return worlds;
    }

    private static void addOwners(List<ClaimWorld> worlds, Standing standing, Orders orders, Optional<String> adopted) {
        for (Owner own : Owner.values()) {
            for (Owner ofGiven : Owner.values()) {
                for (Owner other : Owner.values()) {
                    for (boolean sameRule : new boolean[] {false, true}) {
                        Map<String, Owner> owners = Map.of(OWN, own, GIVEN, ofGiven, OTHER, other);
                        worlds.add(new ClaimWorld(standing, orders, adopted, owners, sameRule));
                    }
                }
            }
        }
    }
}

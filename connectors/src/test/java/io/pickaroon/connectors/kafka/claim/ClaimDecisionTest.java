package io.pickaroon.connectors.kafka.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.kafka.claim.Verdict.GoOn;
import io.pickaroon.connectors.kafka.claim.Verdict.NoSuchName;
import io.pickaroon.connectors.kafka.claim.Verdict.Source;
import io.pickaroon.connectors.kafka.claim.Verdict.Undecided;
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
import org.junit.jupiter.api.Test;

/** Every combination of what the decision looks at, held to what must never happen; and each row of the table. */
class ClaimDecisionTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String OWN = "host-1-0000abcd";
    private static final String GIVEN = "given";
    private static final String OTHER = "other";
    private static final String HERE = "/state/checkpoint";
    private static final FileIdentity FILE = new FileIdentity(1, 2, 3);
    private static final long ME = 0x11;
    private static final long STARTS = 5;
    private static final long TOKEN = 55;

    /** Whose a claim is. */
    private enum Owner {
        NOBODY,
        NOBODY_BUT_POSITIONS,
        ME_EARLIER,
        ME_NOW,
        COPY_LATER,
        COPY_AT_THE_SAME_NUMBER,
        LOST_HERE,
        ANOTHER_PATH_THAT_IS_GONE,
        ANOTHER_PATH,
        ANOTHER_HOST_SAME_PATH,
        PASSING;

        boolean isMine() {
            return this == ME_EARLIER || this == ME_NOW;
        }

        boolean isCopy() {
            return this == COPY_LATER || this == COPY_AT_THE_SAME_NUMBER;
        }

        boolean isForeign() {
            return ordinal() >= LOST_HERE.ordinal();
        }
    }

    private record World(
            Standing standing,
            Optional<String> given,
            Optional<String> adopt,
            boolean startAnew,
            Optional<String> adopted,
            Map<String, Owner> owners,
            boolean sameRule) {
        Owner owner(String name) {
            return owners.getOrDefault(name, Owner.NOBODY);
        }

        Verdict verdict() {
            return ClaimDecision.of(claimant(), contents());
        }

        World with(Optional<String> newAdopt, boolean newStartAnew) {
            return new World(standing, given, newAdopt, newStartAnew, adopted, owners, sameRule);
        }

        private Claimant claimant() {
            return new Claimant(
                    new Instance(ME, OWN, standing, STARTS, TOKEN, 0, adopted),
                    new Orders(given, adopt, startAnew, "-c a.yaml"),
                    "host-1",
                    standing == Standing.PASSING ? "" : HERE,
                    Set.of("rule"),
                    Map.of(FILE, new KnownFile(Set.of("rule"), OptionalLong.empty())),
                    path -> !path.endsWith("/gone"),
                    NOW);
        }

        private TopicContents contents() {
            Map<String, Claim> claims = new HashMap<>();
            Map<String, Map<FileIdentity, StoredPosition>> positions = new HashMap<>();
            String rule = sameRule ? "rule" : "another";
            StoredPosition position = new StoredPosition(
                    "/a.log", new DeliveredPosition(new Position(100, true), Set.of(rule), 0), NOW.minusSeconds(60));
            owners.forEach((name, owner) -> {
                if (owner != Owner.NOBODY) {
                    positions.put(name, Map.of(FILE, position));
                }
                claim(owner, rule).ifPresent(claim -> claims.put(name, claim));
            });
            return new TopicContents(claims, positions, Map.of(), true);
        }

        private static Optional<Claim> claim(Owner owner, String rule) {
            return switch (owner) {
                case NOBODY, NOBODY_BUT_POSITIONS -> Optional.empty();
                case ME_EARLIER -> claim(ME, "host-0", "/before", STARTS - 1, 1, rule, false);
                case ME_NOW -> claim(ME, "host-0", HERE, STARTS, TOKEN, rule, false);
                case COPY_LATER -> claim(ME, "host-2", HERE, STARTS + 1, 1, rule, false);
                case COPY_AT_THE_SAME_NUMBER -> claim(ME, "host-2", HERE, STARTS, TOKEN + 1, rule, false);
                case LOST_HERE -> claim(0x22, "host-1", HERE, 9, 1, rule, false);
                case ANOTHER_PATH_THAT_IS_GONE -> claim(0x23, "host-1", "/gone", 1, 1, rule, false);
                case ANOTHER_PATH -> claim(0x24, "host-1", "/there", 1, 1, rule, false);
                case ANOTHER_HOST_SAME_PATH -> claim(0x25, "host-2", HERE, 1, 1, rule, false);
                case PASSING -> claim(0x26, "host-1", "", 1, 1, rule, true);
            };
        }

        private static Optional<Claim> claim(
                long id, String host, String path, long starts, long token, String rule, boolean passing) {
            return Optional.of(
                    new Claim(id, host, path, starts, token, Set.of(rule), passing, NOW.minusSeconds(3_600)));
        }
    }

    private static List<World> worlds() {
        List<World> worlds = new ArrayList<>();
        for (Standing standing : Standing.values()) {
            for (Optional<String> given : List.of(Optional.<String>empty(), Optional.of(OWN), Optional.of(GIVEN))) {
                for (Optional<String> adopt : List.of(
                        Optional.<String>empty(), Optional.of(OWN), Optional.of(OTHER), Optional.of("unknown"))) {
                    for (boolean startAnew : new boolean[] {false, true}) {
                        for (Optional<String> adopted : List.of(Optional.<String>empty(), Optional.of(OWN))) {
                            addOwners(worlds, standing, given, adopt, startAnew, adopted);
                        }
                    }
                }
            }
        }
        return worlds;
    }

    private static void addOwners(
            List<World> worlds,
            Standing standing,
            Optional<String> given,
            Optional<String> adopt,
            boolean startAnew,
            Optional<String> adopted) {
        for (Owner own : Owner.values()) {
            for (Owner ofGiven : Owner.values()) {
                for (Owner other : Owner.values()) {
                    for (boolean sameRule : new boolean[] {false, true}) {
                        Map<String, Owner> owners = Map.of(OWN, own, GIVEN, ofGiven, OTHER, other);
                        worlds.add(new World(standing, given, adopt, startAnew, adopted, owners, sameRule));
                    }
                }
            }
        }
    }

    @Test
    void nothingForbiddenHappensInAnyWorld() {
        int decided = 0;
        List<World> worlds = worlds();
        for (World world : worlds) {
            Verdict verdict = world.verdict();
            decided += verdict instanceof GoOn ? 1 : 0;
            if (verdict instanceof GoOn goOn) {
                String wrong = wrong(world, goOn);
                if (!wrong.isEmpty()) {
                    assertThat(wrong).as("%s: %s", world, goOn).isEmpty();
                }
            }
        }
        assertThat(worlds).hasSizeGreaterThan(500_000);
        assertThat(decided).isBetween(worlds.size() / 4, worlds.size() - 1);
    }

    /** What must not be in this world, or nothing. */
    private static String wrong(World world, GoOn goOn) {
        List<String> taken = new ArrayList<>(List.of(goOn.name()));
        goOn.former().ifPresent(taken::add);
        for (String name : taken) {
            Owner owner = world.owner(name);
            boolean adopted = world.adopt().equals(Optional.of(name));
            if (owner.isCopy() && !adopted && world.standing() != Standing.PASSING) {
                return name + " is of a copy, and nothing says to take it";
            }
            boolean lost = world.standing() == Standing.NEW
                    && world.sameRule()
                    && (owner == Owner.LOST_HERE
                            || owner == Owner.ANOTHER_HOST_SAME_PATH
                                    && world.given().equals(Optional.of(name)));
            if (owner.isForeign() && !adopted && !world.startAnew() && !lost && world.standing() != Standing.PASSING) {
                return name + " is another's, and nothing says to take it";
            }
            if (adopted && owner.isForeign() && world.adopted().equals(world.adopt()) && holds(world, name)) {
                return "an order counts twice";
            }
            boolean unclaimedIsOwn = world.standing() == Standing.NEW
                    || world.standing() == Standing.UNNAMED
                    || world.standing() == Standing.PASSING
                    || holds(world, name);
            if (owner == Owner.NOBODY_BUT_POSITIONS && !unclaimedIsOwn && !adopted && !world.startAnew()) {
                return "positions under " + name + " count, and this checkpoint has places of its own";
            }
        }
        if (world.standing() == Standing.INDEPENDENT
                && world.owners().values().stream().noneMatch(o -> o.isMine() || o.isCopy())) {
            if (goOn.former().isPresent() && world.adopt().isEmpty()
                    || goOn.copied().isPresent()) {
                return "one on its own looks at positions of others";
            }
            if (world.adopt().isPresent() && world.adopt().equals(world.adopted())) {
                return "an order that counted before it was made one of its own counts again";
            }
        }
        if (goOn.startsAnew() && !world.startAnew()) {
            return "starts anew without an order";
        }
        if (goOn.startsAnew()
                && world.standing() == Standing.HELD
                && world.owner(OWN).isMine()) {
            return "starts anew although it has begun";
        }
        if (goOn.former().isPresent() && goOn.former().get().equals(goOn.name())) {
            return "moves to where it is";
        }
        boolean neverHeld = world.standing() == Standing.NEW
                && world.owners().values().stream().noneMatch(o -> o.isMine() || o.isCopy());
        boolean skips = neverHeld
                && !goOn.startsAnew()
                && goOn.adopted().isEmpty()
                && !world.sameRule()
                && (world.owner(goOn.name()).isForeign() || world.owner(goOn.name()) == Owner.NOBODY_BUT_POSITIONS);
        if (skips) {
            return "positions of rules that are not its own count for a checkpoint that is new";
        }
        if (world.standing() != Standing.PASSING
                && world.adopt().isEmpty()
                && goOn.adopted().isPresent()) {
            return "remembers an order that is no longer given";
        }
        return "";
    }

    private static boolean holds(World world, String name) {
        return world.standing() == Standing.HELD && name.equals(OWN);
    }

    @Test
    void whoHoldsItsNameGoesOnWhateverElseThereIs() {
        worlds().stream()
                .filter(world ->
                        world.standing() == Standing.HELD && world.owner(OWN).isMine())
                .filter(world -> world.given().filter(GIVEN::equals).isEmpty())
                .forEach(world -> {
                    if (!(world.verdict() instanceof GoOn goOn
                            && goOn.name().equals(OWN)
                            && goOn.source() instanceof Source.Own
                            && !goOn.startsAnew())) {
                        assertThat(world.verdict()).as(world.toString()).isNull();
                    }
                });
    }

    @Test
    void oneOnItsOwnHasANameOfItsOwnWhateverOthersClaim() {
        for (World world : worlds()) {
            boolean alone = world.standing() == Standing.INDEPENDENT
                    && world.adopt().isEmpty()
                    && world.given().isEmpty()
                    && world.owner(OWN) == Owner.NOBODY
                    && world.owners().values().stream().noneMatch(o -> o.isMine() || o.isCopy());
            if (alone
                    && !(world.verdict() instanceof GoOn goOn
                            && goOn.name().equals(OWN)
                            && goOn.source() instanceof Source.Own
                            && goOn.startsAnew() == world.startAnew()
                            && goOn.warnings().isEmpty())) {
                assertThat(world.verdict()).as(world.toString()).isNull();
            }
        }
    }

    @Test
    void onlyOneThatIsNewCanHaveBeenLostOrMoved() {
        for (Standing standing : List.of(Standing.INDEPENDENT, Standing.HELD)) {
            Owner own = standing == Standing.HELD ? Owner.ANOTHER_PATH : Owner.NOBODY;
            for (Owner other : List.of(Owner.LOST_HERE, Owner.ANOTHER_HOST_SAME_PATH)) {
                World world = world(standing, GIVEN, Map.of(OWN, own, GIVEN, other), true);
                assertThat(refused(world)).contains("'" + GIVEN + "' is in use", "--adopt " + GIVEN);
            }
            World unclaimed = world(standing, GIVEN, Map.of(OWN, own, GIVEN, Owner.NOBODY_BUT_POSITIONS), true);
            assertThat(refused(unclaimed)).contains("no checkpoint has claimed", "places of its own");
        }
        for (Owner other : List.of(Owner.LOST_HERE, Owner.ANOTHER_PATH_THAT_IS_GONE, Owner.ANOTHER_PATH)) {
            GoOn alone = goesOn(world(Standing.INDEPENDENT, null, Map.of(OTHER, other), true));
            assertThat(alone.name()).isEqualTo(OWN);
            assertThat(alone.notices()).singleElement().asString().contains("own places");
        }
    }

    @Test
    void anOrderThatStaysInAUnitFileDoesNotCountAgainForOneMadeANewInstance() {
        World again = new World(
                Standing.INDEPENDENT,
                Optional.empty(),
                Optional.of(OTHER),
                false,
                Optional.of(OTHER),
                Map.of(OTHER, Owner.LOST_HERE),
                true);
        assertThat(refused(again)).contains("remove --adopt", "checkpoint new-instance " + HERE);
        World anew = world(Standing.INDEPENDENT, null, Map.of(OTHER, Owner.LOST_HERE), true)
                .with(Optional.of(OTHER), false);
        assertThat(goesOn(anew).name()).isEqualTo(OTHER);
    }

    @Test
    void eachWayOutOfEveryRefusalLeadsOut() {
        int refused = 0;
        for (World world : worlds()) {
            if (world.adopt().isPresent()
                    || world.startAnew()
                    || !(world.verdict() instanceof Undecided(String message))) {
                continue;
            }
            refused++;
            for (String name : List.of(OWN, GIVEN, OTHER)) {
                boolean first = message.contains("--adopt " + name) && !message.contains("then pickaroon run");
                boolean renamesToo =
                        world.given().filter(given -> !given.equals(name)).isPresent();
                if (first && !renamesToo && world.adopted().isEmpty()) {
                    leadsOut(
                            world, message, world.with(Optional.of(name), false).verdict());
                }
            }
            if (message.contains("--start-anew")) {
                Verdict verdict = world.with(Optional.empty(), true).verdict();
                leadsOut(world, message, verdict);
            }
            assertThat(message).containsAnyOf("--adopt", "positions forget").contains("Nothing was read or sent");
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    private static void leadsOut(World world, String message, Verdict verdict) {
        if (!(verdict instanceof GoOn)) {
            assertThat(verdict).as("%s%n%s", world, message).isInstanceOf(GoOn.class);
        }
    }

    private static World world(Standing standing, String given, Map<String, Owner> owners, boolean sameRule) {
        return new World(
                standing, Optional.ofNullable(given), Optional.empty(), false, Optional.empty(), owners, sameRule);
    }

    private static GoOn goesOn(World world) {
        assertThat(world.verdict()).isInstanceOf(GoOn.class);
        return (GoOn) world.verdict();
    }

    private static String refused(World world) {
        assertThat(world.verdict()).isInstanceOf(Undecided.class);
        return ((Undecided) world.verdict()).message();
    }

    @Test
    void anEmptyTopicIsClaimed() {
        assertThat(goesOn(world(Standing.NEW, null, Map.of(), true)).name()).isEqualTo(OWN);
        assertThat(goesOn(world(Standing.NEW, GIVEN, Map.of(), true)).name()).isEqualTo(GIVEN);
        assertThat(goesOn(world(Standing.UNNAMED, null, Map.of(), true)).name()).isEqualTo("host-1");
        assertThat(goesOn(world(Standing.HELD, null, Map.of(), true)).name()).isEqualTo(OWN);
        assertThat(goesOn(world(Standing.HELD, GIVEN, Map.of(), true)).source()).isEqualTo(new Source.Former(OWN));
    }

    @Test
    void aCopyOrARestoredCheckpointIsToldWhereTheOtherOneRuns() {
        for (Owner copy : List.of(Owner.COPY_LATER, Owner.COPY_AT_THE_SAME_NUMBER)) {
            assertThat(refused(world(Standing.HELD, null, Map.of(OWN, copy), true)))
                    .contains(
                            "host-2",
                            "--adopt " + OWN,
                            "checkpoint new-instance " + HERE,
                            "/a.log up to byte 100",
                            "60 s ago");
        }
    }

    @Test
    void whoLostItsNameTakesItBackOnlyWhenTold() {
        World taken = world(Standing.HELD, null, Map.of(OWN, Owner.ANOTHER_PATH), true);
        assertThat(refused(taken))
                .contains("--adopt " + OWN, "/there on host host-1")
                .doesNotContain("--start-anew");
        GoOn back = goesOn(taken.with(Optional.of(OWN), false));
        assertThat(back.name()).isEqualTo(OWN);
        assertThat(back.adopted()).contains(OWN);
        assertThat(back.warnings()).singleElement().asString().contains("ends when it next has something to deliver");
        World twice = new World(
                Standing.HELD,
                Optional.empty(),
                Optional.of(OWN),
                false,
                Optional.of(OWN),
                Map.of(OWN, Owner.ANOTHER_PATH),
                true);
        assertThat(refused(twice)).contains("start once without --adopt");
        assertThat(taken.with(Optional.empty(), true).verdict()).isInstanceOf(Undecided.class);
    }

    @Test
    void aLostCheckpointGoesOnFromKafkaIfARuleIsTheSame() {
        GoOn lost = goesOn(world(Standing.NEW, null, Map.of(OTHER, Owner.LOST_HERE), true));
        assertThat(lost.name()).isEqualTo(OTHER);
        assertThat(lost.warnings()).singleElement().asString().contains("/a.log from byte 100", "--start-anew");
        String refused = refused(world(Standing.NEW, null, Map.of(OTHER, Owner.LOST_HERE), false));
        assertThat(refused.lines().toList())
                .anySatisfy(line -> assertThat(line).contains("pickaroon run -c a.yaml --adopt " + OTHER))
                .anySatisfy(line -> assertThat(line).contains("pickaroon run -c a.yaml --start-anew"));
        assertThat(refused).contains("host-1", "/a.log up to byte 100");
        assertThat(goesOn(world(Standing.NEW, GIVEN, Map.of(GIVEN, Owner.ANOTHER_HOST_SAME_PATH), true))
                        .name())
                .isEqualTo(GIVEN);
        GoOn anew = goesOn(
                world(Standing.NEW, null, Map.of(OTHER, Owner.LOST_HERE), true).with(Optional.empty(), true));
        assertThat(anew.name()).isEqualTo(OTHER);
        assertThat(anew.startsAnew()).isTrue();
    }

    @Test
    void whichOfSeveralThatWereHereWasLostIsAskedAbout() {
        World several = world(Standing.NEW, null, Map.of(OTHER, Owner.LOST_HERE, GIVEN, Owner.LOST_HERE), true);
        assertThat(refused(several)).contains("clone", "--adopt " + OTHER, "--adopt " + GIVEN, "--start-anew");
        GoOn anew = goesOn(several.with(Optional.empty(), true));
        assertThat(anew.name()).isEqualTo(OWN);
        assertThat(anew.startsAnew()).isTrue();
        assertThat(goesOn(several.with(Optional.of(OTHER), false)).name()).isEqualTo(OTHER);
    }

    @Test
    void whoseFilesAreNotHereAndThatWroteAMomentAgoMayBeAnotherContainer() {
        World lost = world(Standing.NEW, null, Map.of(OTHER, Owner.LOST_HERE), true);
        assertThat(goesOn(lost).warnings()).singleElement().asString().doesNotContain("container");
        Claimant elsewhere = new Claimant(
                lost.claimant().instance(),
                lost.claimant().orders(),
                "host-1",
                HERE,
                Set.of("rule"),
                Map.of(new FileIdentity(9, 9, 9), new KnownFile(Set.of("rule"), OptionalLong.empty())),
                _ -> true,
                NOW);
        assertThat(((GoOn) ClaimDecision.of(elsewhere, lost.contents())).warnings())
                .singleElement()
                .asString()
                .contains("another container", "'instance'");
    }

    @Test
    void oneThatWasElsewhereOnThisHostAndIsNoMoreIsAskedAbout() {
        assertThat(refused(world(Standing.NEW, null, Map.of(OTHER, Owner.ANOTHER_PATH_THAT_IS_GONE), true)))
                .contains("--adopt " + OTHER, "--start-anew", "/gone");
        assertThat(goesOn(world(Standing.NEW, null, Map.of(OTHER, Owner.ANOTHER_PATH_THAT_IS_GONE), false))
                        .warnings())
                .isEmpty();
    }

    @Test
    void othersLeaveANewOneIndependentAndANeighbourIsNamed() {
        GoOn beside = goesOn(world(Standing.NEW, null, Map.of(OTHER, Owner.ANOTHER_PATH), true));
        assertThat(beside.name()).isEqualTo(OWN);
        assertThat(beside.warnings()).singleElement().asString().contains("--adopt " + OTHER);
        assertThat(goesOn(world(Standing.NEW, null, Map.of(OTHER, Owner.ANOTHER_PATH), false))
                        .warnings())
                .isEmpty();
        assertThat(refused(world(Standing.NEW, GIVEN, Map.of(GIVEN, Owner.ANOTHER_PATH), true)))
                .contains("--adopt " + GIVEN, "--start-anew");
    }

    @Test
    void killedBetweenTheClaimAndItsOwnNoteOfItItFindsItsClaim() {
        GoOn found = goesOn(world(Standing.NEW, null, Map.of(OTHER, Owner.ME_NOW), true));
        assertThat(found.name()).isEqualTo(OTHER);
        assertThat(found.source()).isEqualTo(new Source.Own());
        assertThat(goesOn(world(Standing.HELD, GIVEN, Map.of(GIVEN, Owner.ME_NOW), true))
                        .source())
                .isEqualTo(new Source.Own());
    }

    @Test
    void anotherNameIsGivenAndTheOldOneMovesUnlessTheNewOneIsInUse() {
        assertThat(goesOn(world(Standing.HELD, GIVEN, Map.of(OWN, Owner.ME_EARLIER), true))
                        .source())
                .isEqualTo(new Source.Former(OWN));
        for (Owner owner : List.of(Owner.LOST_HERE, Owner.ANOTHER_HOST_SAME_PATH, Owner.ANOTHER_PATH)) {
            assertThat(refused(world(Standing.HELD, GIVEN, Map.of(OWN, Owner.ME_EARLIER, GIVEN, owner), true)))
                    .contains("'" + GIVEN + "', is in use");
        }
        assertThat(refused(world(
                        Standing.HELD, GIVEN, Map.of(OWN, Owner.ME_EARLIER, GIVEN, Owner.NOBODY_BUT_POSITIONS), true)))
                .contains("positions forget -c a.yaml " + GIVEN);
    }

    @Test
    void aCheckpointOfAnEarlierVersionTakesItsNameOrCopies() {
        assertThat(goesOn(world(Standing.UNNAMED, null, Map.of("host-1", Owner.NOBODY_BUT_POSITIONS), true)))
                .satisfies(goOn -> assertThat(goOn.name()).isEqualTo("host-1"))
                .satisfies(goOn -> assertThat(goOn.source()).isEqualTo(new Source.Own()));
        assertThat(goesOn(world(Standing.UNNAMED, null, Map.of("host-1", Owner.ANOTHER_PATH), true)))
                .satisfies(goOn -> assertThat(goOn.name()).isEqualTo(OWN))
                .satisfies(goOn -> assertThat(goOn.source()).isEqualTo(new Source.Copied("host-1")));
        assertThat(refused(world(Standing.UNNAMED, GIVEN, Map.of(GIVEN, Owner.ANOTHER_PATH), true)))
                .contains("--adopt " + GIVEN, "--start-anew");
        assertThat(goesOn(world(Standing.UNNAMED, GIVEN, Map.of("host-1", Owner.NOBODY_BUT_POSITIONS), true)))
                .satisfies(goOn -> assertThat(goOn.name()).isEqualTo(GIVEN))
                .satisfies(goOn -> assertThat(goOn.source()).isEqualTo(new Source.Copied("host-1")));
    }

    @Test
    void aRunWithoutCheckpointHasItsOwnNameAndSaysThatAllIsSent() {
        GoOn passing = goesOn(world(Standing.PASSING, null, Map.of(OTHER, Owner.LOST_HERE), true));
        assertThat(passing.name()).isEqualTo(OWN);
        assertThat(passing.warnings()).singleElement().asString().contains("again");
    }

    @Test
    void whatDoesNotExistCannotBeAdopted() {
        World world = world(Standing.NEW, null, Map.of(OTHER, Owner.ANOTHER_PATH), true)
                .with(Optional.of("unknown"), false);
        assertThat(world.verdict())
                .isInstanceOfSatisfying(
                        NoSuchName.class,
                        none -> assertThat(none.message()).contains("unknown", OTHER, "positions list -c a.yaml"));
    }
}

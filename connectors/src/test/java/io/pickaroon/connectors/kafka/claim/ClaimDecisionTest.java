package io.pickaroon.connectors.kafka.claim;

import static io.pickaroon.connectors.kafka.claim.ClaimWorld.GIVEN;
import static io.pickaroon.connectors.kafka.claim.ClaimWorld.HERE;
import static io.pickaroon.connectors.kafka.claim.ClaimWorld.OTHER;
import static io.pickaroon.connectors.kafka.claim.ClaimWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.kafka.claim.ClaimWorld.Owner;
import io.pickaroon.connectors.kafka.claim.Verdict.GoOn;
import io.pickaroon.connectors.kafka.claim.Verdict.NoSuchName;
import io.pickaroon.connectors.kafka.claim.Verdict.Source;
import io.pickaroon.connectors.kafka.claim.Verdict.Undecided;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each row of the table by which a start decides. */
class ClaimDecisionTest {
    private static ClaimWorld world(Standing standing, String given, Map<String, Owner> owners, boolean sameRule) {
        Orders orders = ClaimWorld.orders(Optional.ofNullable(given), Optional.empty(), false);
        return new ClaimWorld(standing, orders, Optional.empty(), owners, sameRule);
    }

    private static GoOn goesOn(ClaimWorld world) {
        assertThat(world.verdict()).isInstanceOf(GoOn.class);
        return (GoOn) world.verdict();
    }

    private static String refused(ClaimWorld world) {
        assertThat(world.verdict()).isInstanceOf(Undecided.class);
        return ((Undecided) world.verdict()).message();
    }

    @Test
    void onlyOneThatIsNewCanHaveBeenLostOrMoved() {
        for (Standing standing : List.of(Standing.INDEPENDENT, Standing.HELD)) {
            Owner own = standing == Standing.HELD ? Owner.ANOTHER_PATH : Owner.NONE;
            for (Owner other : List.of(Owner.LOST_HERE, Owner.ANOTHER_HOST_SAME_PATH)) {
                ClaimWorld world = world(standing, GIVEN, Map.of(OWN, own, GIVEN, other), true);
                assertThat(refused(world)).contains("'" + GIVEN + "' is in use", "--adopt " + GIVEN);
            }
            ClaimWorld unclaimed = world(standing, GIVEN, Map.of(OWN, own, GIVEN, Owner.POSITIONS_WITHOUT_CLAIM), true);
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
        ClaimWorld again = new ClaimWorld(
                Standing.INDEPENDENT,
                ClaimWorld.orders(Optional.empty(), Optional.of(OTHER), false),
                Optional.of(OTHER),
                Map.of(OTHER, Owner.LOST_HERE),
                true);
        assertThat(refused(again)).contains("remove --adopt", "checkpoint new-instance " + HERE);
        ClaimWorld anew = world(Standing.INDEPENDENT, null, Map.of(OTHER, Owner.LOST_HERE), true)
                .with(Optional.of(OTHER), false);
        assertThat(goesOn(anew).name()).isEqualTo(OTHER);
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
    void oneThatOtherBrokersKnowIsToldThatTheseDoNot() {
        for (String given : new String[] {null, GIVEN}) {
            assertThat(goesOn(world(Standing.HELD, given, Map.of(), true)).warnings())
                    .singleElement()
                    .asString()
                    .contains("knows nothing of instance '" + OWN + "'", "other brokers", "--once --from-beginning");
        }
        assertThat(goesOn(world(Standing.HELD, null, Map.of(OWN, Owner.ME_NOW), true))
                        .warnings())
                .isEmpty();
        assertThat(goesOn(world(Standing.NEW, null, Map.of(), true)).warnings()).isEmpty();
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
    void aCopyOfARunningOneIsToldThatItHasGoneOn() {
        ClaimWorld copied = world(Standing.HELD, null, Map.of(OWN, Owner.COPY_IN_THE_SAME_START), true);
        assertThat(refused(copied))
                .contains(
                        "has gone on delivering since this checkpoint was written",
                        "--adopt " + OWN,
                        "checkpoint new-instance " + HERE,
                        "/a.log up to byte 100");
        assertThat(goesOn(copied.with(Optional.of(OWN), false)).name()).isEqualTo(OWN);
    }

    @Test
    void oneThatHasLeftAFileAtItsPathOfBeforeIsToldThatItMayBeACopy() {
        ClaimWorld world = world(Standing.HELD, null, Map.of(OWN, Owner.ME_NOW), true);
        Claim claim = world.contents().claim(OWN).orElseThrow();
        assertThat(warnings(world, claim, "/there"))
                .singleElement()
                .asString()
                .contains("at its path of before, /there,", "checkpoint new-instance /there");
        assertThat(warnings(world, claim, "/gone")).isEmpty();
        assertThat(warnings(world, claim, HERE)).isEmpty();
        assertThat(goesOn(world).warnings()).isEmpty();
    }

    private static List<String> warnings(ClaimWorld world, Claim claim, String path) {
        Claim before = new Claim(claim.checkpointId(), "host-1", path, claim.start(), claim.rules(), false);
        TopicContents contents = new TopicContents(Map.of(OWN, before), Map.of(), Map.of(), true);
        return ((GoOn) ClaimDecision.of(world.claimant(), contents)).warnings();
    }

    @Test
    void whoLostItsNameTakesItBackOnlyWhenTold() {
        ClaimWorld taken = world(Standing.HELD, null, Map.of(OWN, Owner.ANOTHER_PATH), true);
        assertThat(refused(taken))
                .contains("--adopt " + OWN, "/there on host host-1")
                .doesNotContain("--start-anew");
        GoOn back = goesOn(taken.with(Optional.of(OWN), false));
        assertThat(back.name()).isEqualTo(OWN);
        assertThat(back.adopted()).contains(OWN);
        assertThat(back.warnings()).singleElement().asString().contains("ends when it next has something to deliver");
        ClaimWorld twice = new ClaimWorld(
                Standing.HELD,
                ClaimWorld.orders(Optional.empty(), Optional.of(OWN), false),
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
        ClaimWorld several = world(Standing.NEW, null, Map.of(OTHER, Owner.LOST_HERE, GIVEN, Owner.LOST_HERE), true);
        assertThat(refused(several)).contains("clone", "--adopt " + OTHER, "--adopt " + GIVEN, "--start-anew");
        GoOn anew = goesOn(several.with(Optional.empty(), true));
        assertThat(anew.name()).isEqualTo(OWN);
        assertThat(anew.startsAnew()).isTrue();
        assertThat(goesOn(several.with(Optional.of(OTHER), false)).name()).isEqualTo(OTHER);
    }

    @Test
    void whoseFilesAreNotHereAndThatWroteAMomentAgoMayBeAnotherContainer() {
        ClaimWorld lost = world(Standing.NEW, null, Map.of(OTHER, Owner.LOST_HERE), true);
        assertThat(goesOn(lost).warnings()).singleElement().asString().doesNotContain("container");
        Claimant elsewhere = lost.claimant(new FileIdentity(9, 9, 9));
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
                        Standing.HELD,
                        GIVEN,
                        Map.of(OWN, Owner.ME_EARLIER, GIVEN, Owner.POSITIONS_WITHOUT_CLAIM),
                        true)))
                .contains("positions forget -c a.yaml " + GIVEN);
    }

    @Test
    void aCheckpointOfAnEarlierVersionTakesItsNameOrCopies() {
        assertThat(goesOn(world(Standing.UNNAMED, null, Map.of("host-1", Owner.POSITIONS_WITHOUT_CLAIM), true)))
                .satisfies(goOn -> assertThat(goOn.name()).isEqualTo("host-1"))
                .satisfies(goOn -> assertThat(goOn.source()).isEqualTo(new Source.Own()));
        assertThat(goesOn(world(Standing.UNNAMED, null, Map.of("host-1", Owner.ANOTHER_PATH), true)))
                .satisfies(goOn -> assertThat(goOn.name()).isEqualTo(OWN))
                .satisfies(goOn -> assertThat(goOn.source()).isEqualTo(new Source.Copied("host-1")));
        assertThat(refused(world(Standing.UNNAMED, GIVEN, Map.of(GIVEN, Owner.ANOTHER_PATH), true)))
                .contains("--adopt " + GIVEN, "--start-anew");
        assertThat(goesOn(world(Standing.UNNAMED, GIVEN, Map.of("host-1", Owner.POSITIONS_WITHOUT_CLAIM), true)))
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
        ClaimWorld world = world(Standing.NEW, null, Map.of(OTHER, Owner.ANOTHER_PATH), true)
                .with(Optional.of("unknown"), false);
        assertThat(world.verdict())
                .isInstanceOfSatisfying(
                        NoSuchName.class,
                        none -> assertThat(none.message()).contains("unknown", OTHER, "positions list -c a.yaml"));
    }
}

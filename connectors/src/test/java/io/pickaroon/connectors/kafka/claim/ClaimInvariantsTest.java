package io.pickaroon.connectors.kafka.claim;

import static io.pickaroon.connectors.kafka.claim.ClaimWorld.GIVEN;
import static io.pickaroon.connectors.kafka.claim.ClaimWorld.OTHER;
import static io.pickaroon.connectors.kafka.claim.ClaimWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.kafka.claim.ClaimWorld.Owner;
import io.pickaroon.connectors.kafka.claim.Verdict.GoOn;
import io.pickaroon.connectors.kafka.claim.Verdict.Source;
import io.pickaroon.connectors.kafka.claim.Verdict.Undecided;
import io.pickaroon.processor.delivery.Instance.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every combination of what the decision depends on, held to what must never happen. */
class ClaimInvariantsTest {
    @Test
    void nothingForbiddenHappensInAnyWorld() {
        int decided = 0;
        List<ClaimWorld> worlds = ClaimWorld.all();
        for (ClaimWorld world : worlds) {
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
    private static String wrong(ClaimWorld world, GoOn goOn) {
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
            if (owner == Owner.POSITIONS_WITHOUT_CLAIM && !unclaimedIsOwn && !adopted && !world.startAnew()) {
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
                && (world.owner(goOn.name()).isForeign() || world.owner(goOn.name()) == Owner.POSITIONS_WITHOUT_CLAIM);
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

    private static boolean holds(ClaimWorld world, String name) {
        return world.standing() == Standing.HELD && name.equals(OWN);
    }

    @Test
    void aCheckpointThatHoldsItsNameGoesOnInEveryWorld() {
        ClaimWorld.all().stream()
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
    void anIndependentCheckpointHasANameOfItsOwnInEveryWorld() {
        for (ClaimWorld world : ClaimWorld.all()) {
            boolean alone = world.standing() == Standing.INDEPENDENT
                    && world.adopt().isEmpty()
                    && world.given().isEmpty()
                    && world.owner(OWN) == Owner.NONE
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
    void eachWayOutOfEveryRefusalLeadsOut() {
        int refused = 0;
        for (ClaimWorld world : ClaimWorld.all()) {
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

    private static void leadsOut(ClaimWorld world, String message, Verdict verdict) {
        if (!(verdict instanceof GoOn)) {
            assertThat(verdict).as("%s%n%s", world, message).isInstanceOf(GoOn.class);
        }
    }
}

package io.pickaroon.connectors.kafka.claim;

import io.pickaroon.connectors.kafka.claim.Verdict.GoOn;
import io.pickaroon.connectors.kafka.claim.Verdict.NoSuchName;
import io.pickaroon.connectors.kafka.claim.Verdict.Source;
import io.pickaroon.connectors.kafka.claim.Verdict.Undecided;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides under which name a start continues and whose positions count for it, or that a person has to decide. A pure
 * function of the positions topic and of the start.
 *
 * <p>A checkpoint holds the name whose claim has its identity. That is not the name it remembers if it was killed
 * between committing the claim and noting it. A name that it holds takes precedence over the command line.
 *
 * <p>Only a checkpoint that has neither delivered nor held anything can stand for one that was lost or moved. Every
 * other has places of its own, and takes over no other name unless it is told to.
 *
 * <p>Positions without a claim were written by a version without claims. For a checkpoint of that version they are its
 * own, for any other they count like those of a lost checkpoint.
 */
public final class ClaimDecision {
    private final Claimant who;
    private final TopicContents contents;
    private final Instance me;
    private final Orders orders;
    private final ClaimRefusals refusals;
    private final ClaimAnnouncements announcements;

    private ClaimDecision(Claimant who, TopicContents contents) {
        this.who = who;
        this.contents = contents;
        this.me = who.instance();
        this.orders = who.orders();
        this.refusals = new ClaimRefusals(who, contents);
        this.announcements = new ClaimAnnouncements(who, contents);
    }

    public static Verdict of(Claimant who, TopicContents contents) {
        return new ClaimDecision(who, contents).verdict();
    }

    private Verdict verdict() {
        if (me.standing() == Standing.PASSING) {
            return new GoOn(me.name(), new Source.Own(), false, Optional.empty(), announcements.passing(), List.of());
        }
        Optional<String> held = heldName();
        if (held.isPresent()) {
            return holding(held.get());
        }
        if (orders.adopt().isPresent()) {
            String adopt = orders.adopt().get();
            return me.adopted().equals(orders.adopt()) ? new Undecided(refusals.adoptedBefore(adopt)) : adopting(adopt);
        }
        if (me.standing() == Standing.UNNAMED) {
            return unnamed();
        }
        return orders.instance().isPresent() ? neverHeld(orders.instance().get()) : neverHeldWithoutName();
    }

    private Optional<String> heldName() {
        if (contents.claim(me.name()).filter(claim -> claim.isOfCheckpoint(me)).isPresent()) {
            return Optional.of(me.name());
        }
        return contents.lastingClaims().entrySet().stream()
                .filter(claim -> claim.getValue().isOfCheckpoint(me))
                .max(byAge())
                .map(Map.Entry::getKey)
                .or(() -> me.standing() == Standing.HELD ? Optional.of(me.name()) : Optional.empty());
    }

    private static Comparator<Map.Entry<String, Claim>> byAge() {
        return (one, other) ->
                one.getValue().claimedAt().compareTo(other.getValue().claimedAt());
    }

    private Verdict holding(String held) {
        String wanted = orders.instance().orElse(held);
        Optional<Claim> claim = contents.claim(held);
        boolean lost = claim.isPresent()
                && (!claim.get().isOfCheckpoint(me) || claim.get().isOfCopyOf(me));
        if (!lost) {
            return renaming(held, wanted, List.of());
        }
        if (orders.adopt().equals(Optional.of(held))) {
            return me.adopted().equals(orders.adopt())
                    ? new Undecided(refusals.adoptedTwice(held, claim.get()))
                    : renaming(held, wanted, List.of(announcements.adopted(held)));
        }
        if (claim.get().isOfCheckpoint(me)) {
            return new Undecided(refusals.copied(held, claim.get()));
        }
        if (wanted.equals(held)) {
            return new Undecided(refusals.takenAway(held, claim.get()));
        }
        Optional<String> adopt = orders.adopt();
        if (adopt.isEmpty() || adopt.equals(me.adopted()) && !adopt.get().equals(wanted)) {
            return neverHeld(wanted);
        }
        return adopt.equals(me.adopted())
                ? new Undecided(refusals.adoptedTwice(wanted, claim.get()))
                : adopting(adopt.get());
    }

    /** From a name whose positions are this checkpoint's own, to the wanted name, which may be the same. */
    private Verdict renaming(String held, String wanted, List<String> warnings) {
        List<String> notices = new ArrayList<>();
        List<String> allWarnings = new ArrayList<>(warnings);
        if (warnings.isEmpty()) {
            ignoredOrders(held, allWarnings, notices);
            if (!contents.has(held)) {
                allWarnings.add(announcements.unknownHere(held));
            }
            contents.claim(held)
                    .filter(this::isStillElsewhere)
                    .ifPresent(claim -> allWarnings.add(announcements.mayBeACopy(held, claim)));
        }
        if (wanted.equals(held)) {
            return goOn(held, new Source.Own(), false, allWarnings, notices);
        }
        Optional<Claim> other = contents.claim(wanted);
        if (other.isPresent()) {
            return new Undecided(refusals.newNameIsClaimed(held, wanted, other.get()));
        }
        if (!contents.positions(wanted).isEmpty()) {
            return new Undecided(refusals.newNameHasPositions(held, wanted));
        }
        notices.add(announcements.renamed(held, wanted));
        return goOn(wanted, new Source.Former(held), false, allWarnings, notices);
    }

    /** Whether this checkpoint has another path than at its last start, and something is still there. */
    private boolean isStillElsewhere(Claim claim) {
        return claim.host().equals(who.home().host())
                && !claim.path().isEmpty()
                && !claim.path().equals(who.home().path())
                && who.home().mayExist().test(claim.path());
    }

    private void ignoredOrders(String held, List<String> warnings, List<String> notices) {
        Optional<String> adopt = orders.adopt();
        if (adopt.isPresent() && !adopt.get().equals(held) && !adopt.equals(me.adopted())) {
            warnings.add(announcements.adoptIsIgnored(held, adopt.get()));
        }
        if (orders.startAnew()) {
            notices.add(announcements.startAnewIsIgnored(held));
        }
    }

    private Verdict adopting(String name) {
        if (!contents.has(name)) {
            return new NoSuchName(refusals.noSuchName(name));
        }
        String wanted = orders.instance().orElse(name);
        List<String> warnings = List.of(announcements.adopted(name));
        return wanted.equals(name)
                ? goOn(name, new Source.Own(), false, warnings, List.of())
                : renaming(name, wanted, warnings);
    }

    /** A checkpoint of a version without names: it used the host's name, or the given one. */
    private Verdict unnamed() {
        String used = orders.instance().orElse(who.home().host());
        Optional<Claim> claim = contents.claim(used);
        if (claim.isEmpty()) {
            boolean named = contents.positions(used).isEmpty()
                    && !used.equals(who.home().host());
            Source source = named && !contents.positions(who.home().host()).isEmpty()
                    ? new Source.Copied(who.home().host())
                    : new Source.Own();
            return goOn(used, source, orders.startAnew(), List.of(), List.of());
        }
        if (orders.instance().isEmpty()) {
            return goOn(
                    me.name(),
                    new Source.Copied(used),
                    orders.startAnew(),
                    List.of(announcements.usedNameIsClaimed(used, claim.get())),
                    List.of());
        }
        return orders.startAnew()
                ? goOn(used, new Source.Own(), true, List.of(announcements.takenAnew(used)), List.of())
                : new Undecided(refusals.claimed(used, claim.get()));
    }

    /** For a name that this checkpoint has not held. */
    private Verdict neverHeld(String name) {
        Optional<Claim> claim = contents.claim(name);
        if (claim.isEmpty() && contents.positions(name).isEmpty()) {
            return independent(name);
        }
        if (orders.startAnew()) {
            return goOn(name, new Source.Own(), true, List.of(announcements.takenAnew(name)), List.of());
        }
        if (hasPlaces()) {
            return new Undecided(
                    claim.isPresent() ? refusals.claimed(name, claim.get()) : refusals.givenNameHasPositions(name));
        }
        boolean lost = claim.isEmpty()
                || claim.get().path().equals(who.home().path())
                        && (orders.instance().isPresent()
                                || claim.get().host().equals(who.home().host()));
        if (lost && hasRuleInCommon(name)) {
            return goOn(name, new Source.Own(), false, List.of(announcements.lost(name)), List.of());
        }
        return new Undecided(
                claim.isPresent() && !lost ? refusals.claimed(name, claim.get()) : refusals.lostWithOtherRules(name));
    }

    private boolean hasPlaces() {
        return me.standing() != Standing.NEW;
    }

    private Verdict neverHeldWithoutName() {
        if (hasPlaces()) {
            return neverHeld(me.name());
        }
        List<String> lost = contents.lastingClaims().entrySet().stream()
                .filter(claim -> who.isFromHere(claim.getValue()))
                .sorted(byAge().reversed())
                .map(Map.Entry::getKey)
                .toList();
        List<String> ofSameRules = lost.stream().filter(this::hasRuleInCommon).toList();
        if (ofSameRules.size() > 1) {
            return orders.startAnew()
                    ? goOn(me.name(), new Source.Own(), true, List.of(), List.of())
                    : new Undecided(refusals.severalWereHere(ofSameRules));
        }
        return neverHeld(lost.isEmpty() ? me.name() : lost.getFirst());
    }

    private boolean hasRuleInCommon(String name) {
        return who.rules().isEmpty() || !Collections.disjoint(who.rules(), contents.rules(name));
    }

    /** Nothing is known of this name. */
    private Verdict independent(String name) {
        if (hasPlaces()) {
            List<String> notices = orders.startAnew() ? List.of() : List.of(announcements.ownPlaces(name));
            return goOn(name, new Source.Own(), orders.startAnew(), List.of(), notices);
        }
        List<String> moved = new ArrayList<>();
        List<String> neighbours = new ArrayList<>();
        for (String other : namesOfSameFiles()) {
            boolean gone = contents.claim(other)
                    .filter(claim -> claim.host().equals(who.home().host())
                            && !claim.path().isEmpty()
                            && !claim.path().equals(who.home().path())
                            && !who.home().mayExist().test(claim.path()))
                    .isPresent();
            (gone ? moved : neighbours).add(other);
        }
        if (orders.startAnew()) {
            return goOn(name, new Source.Own(), true, List.of(), List.of());
        }
        if (!moved.isEmpty()) {
            return new Undecided(refusals.moved(moved));
        }
        List<String> warnings = neighbours.isEmpty() ? List.of() : List.of(announcements.neighbours(name, neighbours));
        return goOn(name, new Source.Own(), false, warnings, List.of());
    }

    /** Names that have delivered what this start would deliver again; the latest written first. */
    private List<String> namesOfSameFiles() {
        return contents.names().stream()
                .filter(other -> Optional.ofNullable(contents.claims().get(other))
                        .filter(Claim::passing)
                        .isEmpty())
                .filter(other -> !who.sameFiles(contents.positions(other)).isEmpty())
                .sorted((one, other) -> lastWritten(other).compareTo(lastWritten(one)))
                .toList();
    }

    private Instant lastWritten(String name) {
        return contents.lastWritten(name).orElse(Instant.EPOCH);
    }

    private GoOn goOn(String name, Source source, boolean startsAnew, List<String> warnings, List<String> notices) {
        Optional<String> adopt = orders.adopt();
        boolean adopts = adopt.isPresent()
                && (adopt.get().equals(name)
                        || source instanceof Source.Former(String former)
                                && adopt.get().equals(former));
        Optional<String> remembered = adopt.isEmpty() ? Optional.empty() : adopts ? adopt : me.adopted();
        return new GoOn(name, source, startsAnew, remembered, warnings, notices);
    }
}

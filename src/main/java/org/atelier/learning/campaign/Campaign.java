package org.atelier.learning.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.model.Learner;
import org.atelier.learning.sampling.Pool;
import org.atelier.learning.sampling.SamplingStrategy;
import org.atelier.learning.sampling.Strategies;

/**
 * The learning loop as a state machine: given what it remembers and what people have said, one turn
 * says what to do next. It keeps nothing itself: the same state and evidence give the same turn, so
 * a turn that was cut short is simply taken again.
 *
 * <p>Not thread-safe, because its learner is not.
 */
public final class Campaign {

  /** Part of a batch that checks the machine on items it is sure of, so that its error is known. */
  private static final double EXPLORED = 0.08;

  private static final int SUSPECTS = 50;

  private final CampaignSettings settings;
  private final Learner learner;
  private final SamplingStrategy strategy;
  private final LongSupplier nanos;
  private final RoundObserver observer;

  /**
   * Prepares a campaign.
   *
   * @param nanos a clock for the seconds in reports, in nanoseconds
   * @param observer sees each round's scores; {@link RoundObserver#NONE} for nobody
   * @throws IllegalArgumentException if the strategy is unknown
   */
  public Campaign(
      CampaignSettings settings, Learner learner, LongSupplier nanos, RoundObserver observer) {
    this.settings = settings;
    this.learner = learner;
    this.nanos = nanos;
    this.observer = observer;
    this.strategy =
        Strategies.named(settings.strategy())
            .orElseThrow(
                () -> new IllegalArgumentException("unknown strategy " + settings.strategy()));
  }

  /**
   * A new state and what to do.
   *
   * @param state to be kept together with carrying out the directive
   */
  public record Turn(CampaignState state, Directive directive) {}

  /**
   * Takes one turn.
   *
   * @param state as the last turn left it
   * @param evidence everything people have said, also in earlier turns
   * @return waiting when people have to answer first; a stop directive again when already over
   */
  public Turn step(CampaignState state, Evidence evidence) {
    Situation now = new Situation(settings, state, evidence);
    return switch (state.phase()) {
      case DONE -> new Turn(state, Directive.stop(state.stop(), null));
      case START -> begin(state);
      case AUDITING -> new AuditTurn(settings).step(state, now);
      case LABELING -> now.outstanding().isEmpty() ? round(state, now) : await(state, now);
    };
  }

  private static Turn await(CampaignState state, Situation now) {
    return new Turn(state.waitingFor(now.outstanding()), Directive.await());
  }

  private Turn begin(CampaignState state) {
    int count = Math.min(settings.randomStart(), settings.items());
    count = Math.min(count, settings.budget() / settings.answersPerItem());
    if (count == 0) {
      return stop(state, StopReason.BUDGET, null);
    }
    int[] all = new int[settings.items()];
    Arrays.setAll(all, i -> i);
    return asking(state, TaskReason.RANDOM_START, draw(all, count, 0), null);
  }

  private List<Integer> draw(int[] from, int count, int round) {
    SplittableRandom random = random(round, 1);
    int[] items = from.clone();
    List<Integer> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(items.length - i);
      int swap = items[j];
      items[j] = items[i];
      items[i] = swap;
      drawn.add(swap);
    }
    return drawn;
  }

  private SplittableRandom random(int round, int purpose) {
    return new SplittableRandom(settings.seed() * 1_000_003 + round * 101L + purpose);
  }

  private Turn round(CampaignState state, Situation now) {
    StopReason reason = now.stop();
    List<Integer> held = heldWithoutLabel(state, now.evidence());
    if (reason == StopReason.NOTHING_LEFT && !held.isEmpty()) {
      List<Integer> paid = held.subList(0, Math.min(held.size(), now.affordableHeld()));
      return paid.isEmpty()
          ? stop(state, StopReason.BUDGET, null)
          : asking(state, TaskReason.LOW_MARGIN, paid, null);
    }
    if (reason != null) {
      return stop(state, reason, null);
    }
    int affordable = now.affordable();
    int[] open = now.open();
    if (!RoundScores.enough(settings, now.evidence())) {
      int missing = Math.max(settings.batch(), RoundScores.minimum(settings) - now.labelled());
      int count = Math.min(open.length, Math.min(affordable, missing));
      return asking(state, TaskReason.RANDOM_START, draw(open, count, state.round() + 1), null);
    }
    boolean doubtful = !state.accepted().isEmpty() && newcomers(state, open) < NestedSets.LEAST;
    if (open.length <= affordable && doubtful) {
      return asking(state, TaskReason.LOW_MARGIN, Arrays.stream(open).boxed().toList(), null);
    }
    return learn(state, now, open, affordable);
  }

  private static List<Integer> heldWithoutLabel(CampaignState state, Evidence evidence) {
    Set<Integer> held = new TreeSet<>(evidence.held());
    state.accepted().forEach(set -> Arrays.stream(set.items()).forEach(held::remove));
    return List.copyOf(held);
  }

  /**
   * Open items that were added after the newest audit was opened. They were candidates of none, so
   * the model looks at them before people do; what an audit left over is for people.
   */
  private static int newcomers(CampaignState state, int[] open) {
    return state.known() == 0
        ? 0
        : (int) Arrays.stream(open).filter(item -> item >= state.known()).count();
  }

  private record Round(
      RoundScores model,
      Candidates candidates,
      Candidates.Forecast forecast,
      Progress progress,
      String decision) {}

  private Turn learn(CampaignState state, Situation now, int[] open, int affordable) {
    long started = nanos.getAsLong();
    int round = state.round() + 1;
    boolean near = Timing.near(state.forecasts(), open.length);
    Learner.Effort effort = near ? Learner.Effort.THOROUGH : Learner.Effort.QUICK;
    Round result = train(state, now, open, affordable, effort);
    if (effort == Learner.Effort.QUICK && result.decision().startsWith(Timing.AUDIT)) {
      result = train(state, now, open, affordable, Learner.Effort.THOROUGH);
    }
    List<Integer> forecasts = new ArrayList<>(state.forecasts());
    forecasts.add(result.forecast().labels());
    observer.scored(
        round,
        result.model().scores(),
        open,
        result.candidates().items(),
        result.forecast().size());
    RoundReport report = report(round, now, result, (nanos.getAsLong() - started) / 1e9);
    CampaignState next =
        state.learned(
            forecasts, Judgements.recent(state, round), result.progress(), now.labelled());
    Turn turn;
    if (result.decision().startsWith(Timing.AUDIT)) {
      turn =
          new AuditTurn(settings)
              .open(
                  next,
                  result.candidates(),
                  result.model().scores(),
                  1 - now.machineTarget(),
                  result.forecast(),
                  affordable,
                  report);
    } else if (result.decision().startsWith(Timing.STOP)) {
      turn = stop(next, StopReason.NO_PROGRESS, report);
    } else {
      turn = query(next, result, open, affordable, report);
    }
    boolean drawsEarly = now.evidence().drawnEarly() != null;
    return drawsEarly
        ? new Turn(turn.state().drawingBy(kinds(state, now, result)), turn.directive())
        : turn;
  }

  /** An audit is opened with the kinds of the model before, by which items were drawn meanwhile. */
  private byte[] kinds(CampaignState state, Situation now, Round result) {
    return result
        .candidates()
        .kinds(
            settings.items(), 1 - now.machineTarget(), result.forecast().draws(), usualRisk(state));
  }

  private static double usualRisk(CampaignState state) {
    return state.risk().available() * AuditTurn.GRANT * NestedSets.USUAL_SHARE;
  }

  private Round train(
      CampaignState state, Situation now, int[] open, int affordable, Learner.Effort effort) {
    long seed = random(state.round() + 1, 2).nextLong() & Long.MAX_VALUE;
    RoundScores model =
        RoundScores.learn(settings, learner, state, now.evidence(), open, seed, effort);
    Candidates candidates = model.candidates(open);
    Candidates.Forecast forecast =
        candidates.forecast(1 - now.machineTarget(), usualRisk(state), affordable);
    List<Integer> forecasts = new ArrayList<>(state.forecasts());
    forecasts.add(forecast.labels());
    boolean again = !state.risk().grants().isEmpty();
    int since = state.labelled() == 0 ? 0 : now.labelled() - state.labelled();
    String decision =
        Timing.decide(settings, forecasts, forecast, open.length, affordable, again, since);
    int round = state.round() + 1;
    Progress progress =
        Progress.after(
            state.progress(),
            state.forecasts().isEmpty(),
            new Progress(
                state.machineLabels(),
                candidates.sizeAt(1 - now.machineTarget()),
                candidates.accuracy(open.length),
                round));
    boolean fresh = again && forecasts.size() < 2;
    int stale = round - progress.round();
    return new Round(
        model,
        candidates,
        forecast,
        progress,
        Timing.impatient(settings, decision, forecast, fresh, stale));
  }

  /** Most of a batch goes to what the strategy wants, some to what the machine is sure of. */
  private Turn query(
      CampaignState state, Round result, int[] open, int affordable, RoundReport report) {
    int count = Math.min(open.length, Math.min(affordable, settings.batch()));
    int looks = (int) Math.round(count * EXPLORED);
    Pool pool =
        new Pool(
            open,
            result.model().probabilities(open),
            settings.classes(),
            settings.multiLabel(),
            learner.vectors());
    int[] chosen = strategy.select(pool, count - looks, random(state.round(), 3)).items();
    int[] explored = result.candidates().explore(looks, chosen, random(state.round(), 4));
    List<Directive.Ask> asks = new ArrayList<>();
    Arrays.stream(explored).forEach(i -> asks.add(new Directive.Ask(i, TaskReason.EXPLORED)));
    Arrays.stream(chosen).forEach(i -> asks.add(new Directive.Ask(i, TaskReason.LOW_MARGIN)));
    List<CampaignState.Prediction> said = new ArrayList<>(state.predictions());
    asks.forEach(ask -> said.add(result.model().prediction(state.round(), ask.item())));
    return new Turn(state.remembering(said).waitingFor(asks), Directive.ask(asks, report));
  }

  private RoundReport report(int round, Situation now, Round result, double seconds) {
    RoundScores model = result.model();
    Candidates candidates = result.candidates();
    int size = result.forecast().size();
    return new RoundReport(
        round,
        now.labelled(),
        now.evidence().answers(),
        now.state().auditAnswers(),
        size == 0 ? 1 : 1 - candidates.errors()[size - 1],
        size,
        result.forecast().draws(),
        0,
        candidates.accuracy(size),
        0,
        1,
        model.fairAccuracy(),
        model.fair().length,
        candidates.curve(),
        SuspectedErrors.rank(model.examples(), model.scores(), 0.25, SUSPECTS),
        result.decision(),
        seconds);
  }

  private static Turn asking(
      CampaignState state, TaskReason reason, List<Integer> items, RoundReport report) {
    List<Directive.Ask> asks = items.stream().map(item -> new Directive.Ask(item, reason)).toList();
    return new Turn(state.waitingFor(asks), Directive.ask(asks, report));
  }

  private static Turn stop(CampaignState state, StopReason reason, RoundReport report) {
    return new Turn(state.stoppedFor(reason), Directive.stop(reason, report));
  }

  /** Which of the items carry neither a human nor an accepted machine label, nor are asked. */
  public static int[] open(CampaignSettings settings, CampaignState state, Evidence evidence) {
    BitSet taken = new BitSet(settings.items());
    evidence.labels().forEach(label -> taken.set(label.item()));
    evidence.unanswerable().forEach(taken::set);
    state.accepted().forEach(set -> Arrays.stream(set.items()).forEach(taken::set));
    state.outstanding().forEach(ask -> taken.set(ask.item()));
    int[] open = new int[settings.items() - taken.cardinality()];
    int count = 0;
    for (int i = taken.nextClearBit(0); i < settings.items(); i = taken.nextClearBit(i + 1)) {
      open[count++] = i;
    }
    return open;
  }
}

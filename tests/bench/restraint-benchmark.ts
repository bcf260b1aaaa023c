import { measureRestraint, RESTRAINT, type Restraint } from './delivery-restraint.ts';
import { type Benchmark, type Figure, repeated } from './figures.ts';

const COLUMNS: readonly (readonly [string, keyof Restraint, string, string?])[] = [
  ['the most that anybody heard', 'most', 'messages', '≤ 2'],
  ['what a person heard, mean', 'mean', 'messages'],
  ['whose last word was not true', 'wrong', 'people', '0'],
  ['calls of the next notice to chats known to be over', 'wasted', 'calls', '0'],
  ['told by the next notice', 'nextTold', 'people'],
  ['could be told by it', 'reachable', 'people'],
];

/** What a flapping service costs its subscribers. */
export const restraintBenchmark: Benchmark = {
  name: 'restraint',
  title: 'Restraint',
  async measure(quick) {
    const setting = quick ? { ...RESTRAINT, people: 500, ratePerSecond: 6 } : RESTRAINT;
    const runs = await repeated('restraint', quick ? 1 : 5, () => measureRestraint(setting));
    const figures = COLUMNS.map(
      ([name, key, unit, goal]): Figure => ({
        name,
        unit,
        runs: runs.map((run) => run[key]),
        ...(goal === undefined ? {} : { goal }),
      }),
    );
    return {
      about: `${setting.flaps} flaps of ${setting.flapSeconds} s, ${setting.people.toLocaleString('en')} subscribers, one in ${setting.blockedEvery} has blocked the bot, one in ${setting.movedEvery} lives on under another id; the real delivery on SQLite in one process, clock and ceiling ${setting.speed} times as fast, a scripted messenger in place of HTTP.`,
      figures,
    };
  },
};

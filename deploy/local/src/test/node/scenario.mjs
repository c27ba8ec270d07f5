// How the programs here talk with the test that runs them: they tell it events in lines of JSON, and it tells them to go on.
import { createInterface } from "node:readline";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Tells the test what happened. */
export const tell = (event, facts = {}) => console.log(JSON.stringify({ event, ...facts }));

/** Waits for a line from the test. */
export const told = async () => (await lines.next()).value;

/** Runs a scenario; what it throws is printed, and the program ends with 1. */
export const run = async (scenario) => {
  try {
    await scenario(...process.argv.slice(2));
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
};

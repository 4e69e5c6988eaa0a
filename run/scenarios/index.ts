/** Named situations to fill a database with. */
export { scenarioNamed } from './read.ts'
export { SCENARIOS, type Scenario } from './scenarios.ts'

/** Imported first by programs that spend their time in the event loop. */
import { raiseCompilerBudget } from '../../run/compiler-budget.ts'

raiseCompilerBudget()

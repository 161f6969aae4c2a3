import { storiesOf } from './lives.ts'

// node test/workflows/simulation/replay.ts SEED
process.stdout.write(`${await storiesOf(Number(process.argv[2]))}\n`)

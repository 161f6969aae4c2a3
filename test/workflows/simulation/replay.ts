import { storyOf } from './lives.ts'

// node test/workflows/simulation/replay.ts SEED
process.stdout.write(`${await storyOf(Number(process.argv[2]))}\n`)

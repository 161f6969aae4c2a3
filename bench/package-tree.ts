import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Dice, dice } from '../test/workflows/simulation/dice.ts'

/** A tree like a `node_modules`: its number of files, and about how many bytes they have together. */
export interface TreeShape {
  files: number
  bytes: number
}

/** A share of the files is larger than the others, as bundles are; another can't be deflated, as images can't. */
const shares = { large: 0.01, incompressible: 0.005 }
/** Chance that a line is one of the last ones again. */
const repetition = 0.7
/** How many times the size of the others a large one has. */
const largeness = 15

/** Writes a tree of seeded files, the same on every machine: `index.js` with a handler, and packages of 40 files. */
export function writeTree(folder: string, { files, bytes }: TreeShape, seed: number): void {
  const random = dice(seed)
  const corpus = sourceText(random, 4_000_000)
  const mean = bytes / files / (1 + shares.large * (largeness - 1))
  let made = ''
  for (let index = 0; index < files; index += 1) {
    const path = join(folder, index === 0 ? 'index.js' : pathOf(random, index))
    if (dirname(path) !== made) mkdirSync((made = dirname(path)), { recursive: true })
    // Exponential: many small ones, few of several times the mean.
    const size = Math.ceil(
      -Math.log(1 - random.next()) * mean * (random.chance(shares.large) ? largeness : 1),
    )
    writeFileSync(path, index === 0 ? handler : contentOf(random, corpus, size))
  }
}

const handler = 'exports.handler = async () => 1\n'

function pathOf(random: Dice, index: number): string {
  const name = `package-${Math.floor(index / 40)}`
  const place = ['lib', 'dist/cjs', 'dist/esm', 'src/internal'][Math.floor((index % 40) / 10)] ?? ''
  return join('node_modules', name, place, `${words(random, 1)}-${index}.js`)
}

function contentOf(random: Dice, corpus: Buffer, size: number): Buffer {
  if (random.chance(shares.incompressible))
    return Buffer.from(Array.from({ length: size }, () => random.between(0, 255)))
  const start = random.between(0, Math.max(0, corpus.length - size))
  return corpus.subarray(start, start + size)
}

/** Text that deflates about as well as JavaScript does. */
function sourceText(random: Dice, size: number): Buffer {
  const lines: string[] = []
  for (let length = 0; length < size; length += lines.at(-1)?.length ?? 0) {
    // Code says much of what it says again.
    const again = lines[lines.length - random.between(1, 30)]
    lines.push(again !== undefined && random.chance(repetition) ? again : line(random))
  }
  return Buffer.from(lines.join(''))
}

function line(random: Dice): string {
  const [a, b, c] = [words(random, 2), words(random, 1), words(random, 2)]
  const forms = [
    `export function ${a}(${b}, ${c}) {\n`,
    `  const ${a} = ${b}.${c}(${random.between(0, 999)})\n`,
    `  if (${a} === undefined) throw new TypeError('${b} ${c}')\n`,
    `  return ${a}.map((${b}) => ${b}.${c})\n}\n\n`,
    `/** The ${b} of a ${c}, as ${a} has it. */\n`,
    `import { ${a}, ${b} } from './${c}.js'\n`,
  ]
  return random.pick(forms)
}

const syllables = [
  're',
  'con',
  'ta',
  'sel',
  'map',
  'in',
  'dex',
  'ob',
  'ser',
  'ver',
  'que',
  'ry',
  'la',
  'zy',
  'co',
  'de',
]
const vocabulary = syllables.flatMap((first) =>
  syllables.flatMap((second) => [first + second, `${first}${second}er`]),
)

/** A name of one or more words, in camel case; a few words are everywhere, most are rare. */
function words(random: Dice, count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const word = vocabulary[Math.floor(vocabulary.length * random.next() ** 3)] ?? ''
    return index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)
  }).join('')
}

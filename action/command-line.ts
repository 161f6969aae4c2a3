interface CommandOfAction {
  /** The words for lambdactl. */
  words: readonly string[]
  /** The inputs beside those of all commands. */
  takes: readonly string[]
  /** Whether exit 8, the release goes on later, is a success. */
  mayWait?: boolean
}

const commands: Readonly<Record<string, CommandOfAction>> = {
  deploy: { words: ['deploy'], takes: ['dry-run', 'refuse-config-change', 'breakglass'] },
  canary: {
    words: ['canary'],
    takes: ['steps', 'every', 'bake', 'alarms', 'detach', 'dry-run', 'refuse-config-change', 'breakglass'],
  },
  tick: { words: ['canary', 'resume', '--detach', '--if-in-progress'], takes: [], mayWait: true },
  approve: { words: ['canary', 'approve'], takes: ['reason'] },
  promote: { words: ['canary', 'promote'], takes: ['reason'] },
  pause: { words: ['canary', 'pause'], takes: ['reason'] },
  abort: { words: ['canary', 'abort'], takes: ['reason'] },
  rollback: { words: ['rollback'], takes: ['reason'] },
  wait: { words: ['canary', 'wait'], takes: ['timeout'] },
}

const ofAll = ['env', 'config']
const others = ['command', 'functions', 'version', 'arguments']
const switches = ['detach', 'dry-run', 'refuse-config-change']

/** All inputs of the action, as action.yml names them. */
export const inputNames = [
  ...new Set([...others, ...ofAll, ...Object.values(commands).flatMap(({ takes }) => takes)]),
]

/**
 * Returns lambdactl's arguments for the inputs of the action.
 *
 * @param inputs those that are not empty, by their names in action.yml
 * @returns `mayWait`: exit 8 is a success
 * @throws Error for an unknown command, an input that it does not take, or a switch that is neither true nor false
 */
export function commandLine(inputs: Readonly<Record<string, string>>): { args: string[]; mayWait: boolean } {
  const { command = 'deploy', functions = '', arguments: more = '' } = inputs
  const chosen = Object.hasOwn(commands, command) ? commands[command] : undefined
  if (!chosen)
    throw new Error(`command: expected one of ${Object.keys(commands).join(', ')}, got ${command}.`)
  const { words, takes, mayWait = false } = chosen
  const known = [...ofAll, ...takes]
  const stray = Object.keys(inputs).find((name) => !known.includes(name) && !others.includes(name))
  if (stray !== undefined) {
    throw new Error(`${stray}: the command ${command} does not take it. Expected one of ${known.join(', ')}.`)
  }
  const flags = known.flatMap((name) => flagsOf(name, inputs[name]))
  const args = [...words, ...namesOf(functions), ...flags, ...linesOf(more)]
  return { args, mayWait: mayWait || (command === 'canary' && args.includes('--detach')) }
}

function flagsOf(name: string, value: string | undefined): string[] {
  if (value === undefined) return []
  if (name === 'alarms') return linesOf(value).map((alarm) => `--alarm=${alarm}`)
  if (!switches.includes(name)) return [`--${name}=${value}`]
  if (value !== 'true' && value !== 'false') throw new Error(`${name}: expected true or false, got ${value}.`)
  return value === 'true' ? [`--${name}`] : []
}

function namesOf(text: string): string[] {
  const names = text.split(/\s+/).filter(Boolean)
  const flag = names.find((name) => name.startsWith('-'))
  if (flag !== undefined) throw new Error(`functions: expected names of functions, got ${flag}.`)
  return names
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

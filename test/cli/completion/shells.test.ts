import { existsSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { whyMissing } from '../../clients/programs.ts'
import { program, run } from '../cli.ts'
import { temporaryFolder, writeFiles } from '../service.ts'
import { type OnTerminal, startProgramOnTerminal } from '../terminal.ts'
import { variables } from '../variables.ts'

/** One name of this file would make another file if a shell ran it. */
const configuration = `service: shop
functions:
  checkout: {source: checkout}
  cart: {source: cart}
  'rollback$(touch ran)\`touch ran\`;touch ran': {source: planted}
environments:
  prod: {region: eu-west-1}
  staging: {region: eu-central-1}
`

/** Prints its words, so that a test sees how a shell reads the line. */
const show = `#!/bin/sh
printf 'shown %s:' "$1"
shift
printf '[%s]' "$@"
echo
`

interface ShellUnderTest {
  name: 'bash' | 'zsh' | 'fish'
  command: string[]
  /** The files that make it complete, by their paths in the home folder. */
  files: (script: string) => Record<string, string>
}

const shells: ShellUnderTest[] = [
  {
    name: 'bash',
    command: ['bash', '--rcfile', '.bashrc', '-i'],
    files: () => ({ '.bashrc': `PS1='ready> '\neval "$(lambdactl completion bash)"\n` }),
  },
  {
    name: 'zsh',
    command: ['zsh', '-i'],
    files: () => ({
      '.zshrc': `PS1='ready> '\nbindkey -e\nautoload -Uz compinit\ncompinit -u\neval "$(lambdactl completion zsh)"\n`,
    }),
  },
  {
    name: 'fish',
    command: ['fish', '-i'],
    files: (script) => ({
      '.config/fish/config.fish': `function fish_prompt; echo 'ready> '; end\n`,
      '.config/fish/completions/lambdactl.fish': script,
    }),
  },
]

/** Keys with tabs, and the words of the line that the shell makes of them. */
const lines: (readonly [keys: string, words: string[]])[] = [
  ['rollb\t', ['rollback']],
  ['canary sta\t', ['canary', 'status']],
  ['status ch\t --env pr\t', ['status', 'checkout', '--env', 'prod']],
  ['status --env=st\t', ['status', '--env=staging']],
  ['logs --lev\ter\t', ['logs', '--level', 'error']],
  ['package --out odd\t', ['package', '--out', "odd $(touch ran) 'name'.json"]],
]

const toLineBegin = '\u0001'
const killLine = '\u0015'

/** The words of a line as the shell reads it after these keys. */
async function wordsAfter(terminal: OnTerminal, keys: string, number: number): Promise<string[]> {
  terminal.type(`lambdactl ${keys}${toLineBegin}show ${number} \r`)
  const [, shown = ''] = await terminal.says(new RegExp(`shown ${number}:\\[lambdactl\\]\\[(.*)\\]`))
  return shown.split('][')
}

describe.each(shells)('completion in $name', ({ name, command, files }) => {
  const isMissing = whyMissing(name, [name, '--version'])

  test.skipIf(isMissing !== undefined)(
    'fills in words, and runs none of them',
    { timeout: 90_000 },
    async () => {
      const home = await temporaryFolder()
      const env = variables(home, { PATH: `${join(home, 'bin')}:${process.env['PATH']}`, ZDOTDIR: home })
      const place = { cwd: home, env }
      const { stdout: script } = await run(['completion', name], place)
      await writeFiles(home, {
        ...files(script),
        'lambdactl.yaml': configuration,
        'bin/lambdactl': `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`,
        'bin/show': show,
        "odd $(touch ran) 'name'.json": '{}',
      })
      for (const file of ['lambdactl', 'show']) await chmod(join(home, 'bin', file), 0o755)
      const terminal = startProgramOnTerminal(command, place)
      await terminal.says(/ready> /)
      for (const [number, [keys, words]] of lines.entries()) {
        expect(await wordsAfter(terminal, keys, number)).toEqual(words)
      }
      // A line that is typed, and never entered.
      terminal.type(`lambdactl status $(touch ran) \`touch ran\` --env pr\t${killLine}`)
      expect(await wordsAfter(terminal, 'rollb\t', lines.length)).toEqual(['rollback'])
      terminal.type('exit\r')
      await terminal.ended
      expect(existsSync(join(home, 'ran'))).toBe(false)
    },
  )
})

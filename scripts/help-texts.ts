import { Config } from '@oclif/core/config'
import LambdactlHelp, { widest } from '../src/cli/help/help.ts'

/** In a help text it stands for the folder of the installation. It is one word, as that folder has to be. */
export const placeholder = '@INSTALLATION@'

/** Keeps what it would show. */
class KeptHelp extends LambdactlHelp {
  text = ''

  protected override log(...texts: string[]): void {
    this.text += `${this.laidOut(texts.join(' '))}\n`
  }
}

/**
 * The help of each subject, by its words joined with dots: `canary.status`, and `index` for all commands.
 *
 * @param root of the program, with its manifest
 */
export async function helpTexts(root: string): Promise<Map<string, string>> {
  const { commandIDs, topics } = await Config.load({ root })
  const subjects = [...commandIDs, ...topics.map(({ name }) => name)]
  const texts = new Map([['index', await textOf(root, [])]])
  for (const subject of subjects) {
    const words = subject.split(':')
    texts.set(words.join('.'), await textOf(root, words))
  }
  return texts
}

/** oclif's help changes the ids of the commands that it lists, so each text has a configuration of its own. */
async function textOf(root: string, words: string[]): Promise<string> {
  const config = await Config.load({ root })
  config.root = placeholder
  const help = new KeptHelp(config, { maxWidth: widest })
  await help.showHelp(words)
  return help.text
}

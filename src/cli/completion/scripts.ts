export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof shells)[number]

interface CompletionScript {
  /** In the folder `completions`. */
  file: string
  /** Completes "To install it, …". */
  where: string
  /** A line of a shell. */
  install: string
}

export const completionScripts: Readonly<Record<Shell, CompletionScript>> = {
  bash: {
    file: 'lambdactl.bash',
    where: 'add this line to ~/.bashrc',
    install: 'eval "$(lambdactl completion bash)"',
  },
  zsh: {
    file: '_lambdactl',
    where: 'add this line to ~/.zshrc, after compinit',
    install: 'eval "$(lambdactl completion zsh)"',
  },
  fish: {
    file: 'lambdactl.fish',
    where: 'run this line',
    install: 'lambdactl completion fish > ~/.config/fish/completions/lambdactl.fish',
  },
  powershell: {
    file: 'lambdactl.ps1',
    where: 'add this line to the file that $PROFILE names',
    install: 'lambdactl completion powershell | Out-String | Invoke-Expression',
  },
}

/** The platform that wheels are chosen for: a function's Python, on its runtime's Linux. */
export interface PythonPlatform {
  /** As in `3.13`. */
  readonly version: string
  readonly machine: 'x86_64' | 'aarch64'
  /** The newest glibc 2.x that wheels may need. */
  readonly glibc: number
}

/** Python up to 3.11 runs on Amazon Linux 2 with glibc 2.26, later ones on Amazon Linux 2023 with 2.34. */
export function pythonPlatform(runtime: string, architecture: 'x86_64' | 'arm64'): PythonPlatform {
  const version = runtime.replace('python', '')
  const isOnAmazonLinux2 = Number(version.split('.')[1]) < 12
  return {
    version,
    machine: architecture === 'arm64' ? 'aarch64' : 'x86_64',
    // Wheels are built for 2.28 and 2.17 (manylinux2014); uv has a name for both.
    glibc: isOnAmazonLinux2 ? 17 : 28,
  }
}

/** pip needs `--platform` for every glibc that is accepted. */
export function pipPlatforms({ machine, glibc }: PythonPlatform): string[] {
  const named = Array.from({ length: glibc - 16 }, (_, index) => `manylinux_2_${glibc - index}_${machine}`)
  return [...named, `manylinux2014_${machine}`]
}

export function uvPlatform({ machine, glibc }: PythonPlatform): string {
  return glibc === 17 ? `${machine}-manylinux2014` : `${machine}-manylinux_2_${glibc}`
}

/** The day on which AWS's table of runtimes was read; AWS moves its dates. */
export const readOn = '2026-08-15'

/** The end of support of each runtime, by the tables of AWS's page `lambda-runtimes`. */
export const runtimeEnds: Readonly<Record<string, string>> = {
  'nodejs24.x': '2028-04-30',
  'nodejs22.x': '2027-04-30',
  'nodejs20.x': '2026-04-30',
  'nodejs18.x': '2025-09-01',
  'nodejs16.x': '2024-06-12',
  'nodejs14.x': '2023-12-04',
  'nodejs12.x': '2023-03-31',
  'nodejs10.x': '2021-07-30',
  'python3.14': '2029-06-30',
  'python3.13': '2029-06-30',
  'python3.12': '2028-10-31',
  'python3.11': '2027-06-30',
  'python3.10': '2026-10-31',
  'python3.9': '2025-12-15',
  'python3.8': '2024-10-14',
  'python3.7': '2023-12-04',
  'python3.6': '2022-07-18',
  'python2.7': '2021-07-15',
  java25: '2029-06-30',
  java21: '2029-06-30',
  'java17.al2023': '2029-06-30',
  'java11.al2023': '2029-06-30',
  'java8.al2023': '2029-06-30',
  java17: '2027-06-30',
  java11: '2027-06-30',
  'java8.al2': '2027-06-30',
  java8: '2024-01-08',
  dotnet10: '2028-11-14',
  dotnet9: '2026-11-10',
  dotnet8: '2026-11-10',
  dotnet6: '2024-12-20',
  'dotnetcore3.1': '2023-04-03',
  'ruby4.0': '2029-03-31',
  'ruby3.4': '2028-03-31',
  'ruby3.3': '2027-03-31',
  'ruby3.2': '2026-03-31',
  'ruby2.7': '2023-12-07',
  'provided.al2023': '2029-06-30',
  'provided.al2': '2026-07-31',
  provided: '2024-01-08',
  'go1.x': '2024-01-08',
}

/** The runtime of each language with the longest support; the first whose name begins like a runtime counts. */
const successors: readonly (readonly [begins: string, runtime: string])[] = [
  ['nodejs', 'nodejs24.x'],
  ['python', 'python3.14'],
  ['java', 'java25'],
  ['dotnet', 'dotnet10'],
  ['ruby', 'ruby4.0'],
  ['provided', 'provided.al2023'],
  ['go', 'provided.al2023'],
]

/** The runtime to go to; undefined for an unknown language. */
export function successorOf(runtime: string): string | undefined {
  return successors.find(([begins]) => runtime.startsWith(begins))?.[1]
}

import { join } from 'node:path'
import {
  API,
  type Checker,
  SignatureKind,
  SymbolFlags,
  type Type,
  type TypeReference,
} from 'typescript/unstable/sync'

/** The compiler's view of the program, until it is closed. */
export class Program implements Disposable {
  readonly checker: Checker
  private readonly api: API
  private readonly root: string
  private readonly project

  constructor(root: string) {
    this.root = root
    this.api = new API({ cwd: root })
    const config = join(root, 'tsconfig.json')
    const project = this.api.updateSnapshot({ openProjects: [config] }).getProject(config)
    if (!project) throw new Error(`Expected a project of TypeScript at ${config}.`)
    this.project = project
    this.checker = project.checker
  }

  /** The type of a class or an interface of a file; `default` is the one that it exports so. */
  declared(file: string, name: string): Type {
    const source = this.project.program.getSourceFile(join(this.root, file))
    const module = source && this.checker.getSymbolAtLocation(source)
    const symbol = module && this.checker.getExportsOfModule(module).find((each) => each.name === name)
    const found = symbol ?? (source && this.checker.resolveName(name, SymbolFlags.Type, source))
    if (!found) throw new Error(`Expected ${file} to declare ${name}.`)
    return this.checker.getDeclaredTypeOfSymbol(found)
  }

  /** The type of a member; undefined if there is none. */
  member(type: Type, name: string): Type | undefined {
    const symbol = this.checker.getPropertyOfType(type, name)
    return symbol && this.checker.getTypeOfSymbol(symbol)
  }

  /** The type that a method returns, or that its promise has. */
  returned(type: Type, method: string): Type {
    const returned = this.checker.getReturnTypeOfSignature(this.signature(type, method))
    if (!returned) throw new Error(`Expected ${method} to return something.`)
    const isPromise = returned.getSymbol()?.name === 'Promise'
    const [content] = isPromise ? this.checker.getTypeArguments(returned as TypeReference) : [returned]
    if (!content) throw new Error(`Expected ${method} to promise something.`)
    return content
  }

  /** The type of each argument of a method that takes any number of one kind. */
  taken(type: Type, method: string): Type {
    const taken = this.checker.getRestTypeOfSignature(this.signature(type, method))
    if (!taken) throw new Error(`Expected ${method} to take any number of arguments.`)
    return taken
  }

  [Symbol.dispose](): void {
    this.api.close()
  }

  private signature(type: Type, method: string) {
    const of = this.member(type, method)
    const [signature] = of ? this.checker.getSignaturesOfType(of, SignatureKind.Call) : []
    if (!signature) throw new Error(`Expected a method ${method}.`)
    return signature
  }
}

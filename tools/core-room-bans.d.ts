interface Ban {
  readonly name: string;
  readonly message: string;
}
interface SyntaxBan {
  readonly selector: string;
  readonly message: string;
}
export declare const coreRooms: readonly string[];
export declare const steppedRooms: readonly string[];
export declare const bannedGlobals: readonly Ban[];
export declare const inexactMathFunctions: readonly string[];
export declare const bannedProperties: readonly { readonly object?: string; readonly property: string; readonly message: string }[];
export declare const bannedImports: {
  readonly paths: readonly Ban[];
  readonly patterns: readonly { readonly group: readonly string[]; readonly message: string }[];
};
export declare const bannedSyntax: readonly SyntaxBan[];
export declare const bannedAsyncSyntax: readonly SyntaxBan[];

/** The generator of seedrandom that we use, which @types/seedrandom does not declare by itself. */
declare module 'seedrandom/lib/alea.js' {
  export interface AleaState {
    readonly c: number;
    readonly s0: number;
    readonly s1: number;
    readonly s2: number;
  }

  export interface Alea {
    /** Uniform in [0, 1) in steps of 2^-32. */
    (): number;
    /** Uniform in [0, 1) in steps of 2^-53; draws twice. */
    double(): number;
    state(): AleaState;
  }

  const alea: (seed: string, options: { readonly state: true | AleaState }) => Alea;
  export default alea;
}

// AssemblyScript: the module of this package.
export * from './cholesky';
export * from './exponential';
export * from './gram';
export * from './layers';
export * from './products';

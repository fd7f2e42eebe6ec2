/** Colours of Okabe and Ito 2008, told apart with every common colour vision; grey for everything that is not a model. */
const ofModel: Readonly<Record<string, string>> = {
  clinical: '#E69F00',
  radiomics: '#0072B2',
  deep: '#009E73',
  dlr: '#D55E00',
};
const further = ['#CC79A7', '#56B4E9', '#000000', '#999999'];
const dashes: Readonly<Record<string, string>> = { clinical: '2,3', radiomics: '7,3', deep: '9,3,2,3' };

export const ink = '#222222';
export const faint = '#8a8a8a';
export const outcomeColours = ['#56B4E9', '#D55E00'] as const;

/** Colour of a model, the same in every figure. */
export function modelColour(name: string, index: number): string {
  return ofModel[name] ?? further[index % further.length]!;
}

/** Dash pattern of a model, so that lines are told apart in grey as well. */
export function modelDash(name: string): string {
  return dashes[name] ?? 'none';
}

import { expect } from 'chai';
import { chooseLanguage } from '../../../src/core/normalize/language.ts';
import { smallWordsConfirm } from '../../../src/core/normalize/small-words.ts';

const texts = {
  it: 'Il consiglio ha approvato la nuova linea del traghetto dopo mesi di confronto con gli abitanti del quartiere più antico della città, che non si sono opposti.',
  fr: 'Le conseil municipal a décidé mardi de prolonger la ligne de bateaux après des mois de débats avec les habitants, qui ne se sont pas opposés au projet.',
  en: 'The council voted on Tuesday to extend the ferry line beyond the old harbour after months of talks with residents and with the owners of the larger ships.',
  es: 'El ayuntamiento aprobó el martes ampliar la línea de barcos más allá del puerto viejo tras meses de conversaciones con los vecinos del barrio, que no se oponen.',
  pt: 'A câmara aprovou na terça-feira o prolongamento da linha de barcos para além do porto velho, após meses de conversas com os moradores do bairro, que não se opõem ao projeto.',
  de: 'Der Stadtrat hat am Dienstag beschlossen, die Fähre über den alten Hafen hinaus zu verlängern, auch für die größeren Schiffe; nicht alle sind mit dem Plan zufrieden.',
  da: 'Byrådet besluttede tirsdag at forlænge færgelinjen ud over den gamle havn efter flere måneder med samtaler med beboerne, som ikke er imod det og har støttet planen.',
} as const;
const alone = () => false;
const northern = (other: string) => other === 'nb' || other === 'sv';

describe('small words', () => {
  for (const [language, text] of Object.entries(texts)) {
    it(`confirm ${language}, and no other language`, () => {
      const confirmed = Object.keys(texts).filter(claimed =>
        smallWordsConfirm(text, claimed, claimed === 'da' ? northern : alone),
      );
      expect(confirmed).to.deep.equal([language]);
    });
  }

  it('confirm nothing of a text that is too short, of names, of initials, or of a language without a list', () => {
    expect(smallWordsConfirm('The end of the affair', 'en', alone)).to.equal(false);
    expect(smallWordsConfirm('La La La La La La La La Land', 'it', alone)).to.equal(false);
    expect(smallWordsConfirm('Letters: a, o, e, i, l, d, y, a, o, e, i, l, d, y', 'it', alone)).to.equal(false);
    expect(smallWordsConfirm(texts.it, 'xx', alone)).to.equal(false);
    expect(smallWordsConfirm('', 'it', alone)).to.equal(false);
  });

  it('confirm a language whatever its neighbour shares with it', () => {
    expect(smallWordsConfirm(texts.da, 'nb', other => other === 'da' || other === 'sv')).to.equal(true);
    expect(smallWordsConfirm(texts.da, 'nb', alone)).to.equal(false);
  });

  it('spare the detector where they confirm the claim, and only there', () => {
    let asked = 0;
    const detector = () => {
      asked++;
      return { language: 'it', isReliable: true, scores: { it: 1 } };
    };
    expect(chooseLanguage(texts.it, ['it-CH'], detector)).to.equal('it-CH');
    expect(asked).to.equal(0);
    expect(chooseLanguage(texts.it, ['en-US'], detector)).to.equal('it');
    expect(asked).to.be.above(0);
  });
});

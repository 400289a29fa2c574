import type { DemoPost } from '../demo.types.js';

/** Posts in French, Japanese and Arabic. */
export const otherPosts: readonly DemoPost[] = [
  {
    key: 'brume',
    title: 'Carnet du port : un matin de brume',
    slug: 'carnet-du-port-un-matin-de-brume',
    language: 'fr',
    author: 'oriane',
    category: 'harbours',
    tags: ['brume', 'notebook'],
    cover: 'fog',
    daysAgo: 11,
    body: `À six heures, on ne voyait plus l’avant du bac depuis la passerelle. Le capitaine a coupé le moteur, et nous avons écouté.

La brume ne fait pas taire le port : elle le rapproche. On entend le café d’en face comme s’il était à bord, la cuillère dans la tasse, la radio qui donne la météo de la veille. On entend surtout la cloche de la bouée, qui ne sonne que lorsque la houle vient de l’ouest, et qui ce matin sonnait *de tous les côtés à la fois*.

> « Par temps clair, disait mon grand-père, on voit où l’on va. Par temps de brume, on sait où l’on est. »

Nous sommes repartis au pas, vingt minutes plus tard, avec trois passagers, un vélo et une caisse de poireaux. Personne n’avait bougé. Quelqu’un avait simplement dit : « Tiens, la jetée », et c’était elle.`,
    comments: [
      {
        name: 'Loïc',
        body: 'La cuillère, c’était la mienne. Pardon pour la radio.',
        after: 6,
        replies: [
          {
            name: 'Oriane Kerjean',
            person: 'oriane',
            body: 'Gardez la radio, changez la météo !',
            after: 2,
          },
        ],
      },
    ],
  },
  {
    key: 'rashin',
    title: '港の朝、古い羅針盤の話',
    slug: '港の朝',
    language: 'ja',
    author: 'tobias',
    category: 'instruments',
    tags: ['羅針盤'],
    daysAgo: 44,
    body: `朝の五時、港はまだ暗い。小屋の棚のいちばん上に、古い羅針盤がひとつ置いてある。針はいつも少しだけ西を向いている。

修理に出した人は、もう取りに来ない。「急がないから」と言って置いていったのが、十二年前のことだ。

## 直さない理由

直すことはできる。軸を磨き、液を入れ替えれば、半日で終わる仕事だ。けれども、この針が指しているのは北ではなく、昔の北なのだと思うことにしている。

> 方角は変わらない。変わるのは、わたしたちの立っている場所だ。

明るくなると、漁船が一隻ずつ戻ってくる。羅針盤の硝子に朝日が映って、針はしばらく見えなくなる。`,
  },
  {
    key: 'mizwala',
    title: 'مِزولةٌ على رصيف الميناء',
    slug: 'مزولة-على-رصيف-الميناء',
    language: 'ar',
    author: 'oriane',
    category: 'instruments',
    tags: ['وقت'],
    cover: 'harbour',
    daysAgo: 74,
    body: `في طرف الرصيف القديم مِزولةٌ من حجر، لا يعرف أحد من وضعها هناك. لا تُخبر بالوقت إلا حين تصفو السماء، ولهذا يثق بها الصيادون أكثر من ساعاتهم: هي لا تقول شيئًا حين لا تعرف.

## ما كُتب عليها

نُقشت تحت الأرقام جملة قصيرة كاد الملح أن يمحوها:

> لا أعدُّ إلا الساعاتِ المضيئة.

سألتُ العجوز الذي يبيع الشِّباك عن معناها، فأشار إلى البحر وقال: «انتظري حتى تمرّ الغيمة».

1. عند الفجر يقع الظل على جهة المستودعات.
2. عند الظهر يختفي الظل تقريبًا، ويختفي معه الناس.
3. وقبل الغروب يطول الظل حتى يبلغ الماء، فيعرف الجميع أن القارب الأخير \`19:40\` قد اقترب.

ثم تأتي العتمة، وتسكت المِزولة، ولا يبقى إلا صوت الحبال.`,
    comments: [{ name: 'سلمى', body: 'مررتُ بها أمس، وكانت الغيمة لا تزال هناك.', after: 15 }],
  },
];

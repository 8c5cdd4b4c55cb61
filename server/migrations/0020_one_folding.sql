-- One form for every text that is looked up or compared, the same as `fold` of the server makes: upper and lower case of
-- every script, composed and decomposed letters, blanks, and marks that nobody sees make no difference.
CREATE OR REPLACE FUNCTION fold_text(text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $fold$
DECLARE
  folded text := $1 COLLATE "C";
BEGIN
  IF folded COLLATE "C" ~ '^([!-~]+( [!-~]+)*)?$' THEN
    RETURN lower(folded COLLATE "C");
  END IF;
  folded := normalize(regexp_replace(folded COLLATE "C", '[\U00000001-\U00000008\U0000000e-\U0000001f\U0000007f-\U00000084\U00000086-\U0000009f\U000000ad-\U000000ad\U0000034f-\U0000034f\U0000061c-\U0000061c\U0000115f-\U00001160\U000017b4-\U000017b5\U0000180b-\U0000180f\U0000200b-\U0000200f\U0000202a-\U0000202e\U00002060-\U0000206f\U00003164-\U00003164\U0000fe00-\U0000fe0f\U0000feff-\U0000feff\U0000ffa0-\U0000ffa0\U0000fff0-\U0000fffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]' COLLATE "C", '', 'g'), NFKC);
  IF folded COLLATE "C" ~ '[\U00000041-\U0000024f]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİıĴĶĹĻĽŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƠƢƤƦƧƩƬƮƯƱƲƳƵƷƸƼǍǏǑǓǕǗǙǛǞǠǢǤǦǨǪǬǮǴǶǷǸǺǼǾȀȂȄȆȈȊȌȎȐȒȔȖȘȚȜȞȠȢȤȦȨȪȬȮȰȲȺȻȽȾɁɃɄɅɆɈɊɌɎ',
      'abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįiiĵķĺļľłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷÿźżžɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵơƣƥʀƨʃƭʈưʊʋƴƶʒƹƽǎǐǒǔǖǘǚǜǟǡǣǥǧǩǫǭǯǵƕƿǹǻǽǿȁȃȅȇȉȋȍȏȑȓȕȗșțȝȟƞȣȥȧȩȫȭȯȱȳⱥȼƚⱦɂƀʉʌɇɉɋɍɏ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00000250-\U000003ff]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ͰͲͶͿΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫςϏϘϚϜϞϠϢϤϦϨϪϬϮϷϺϽϾϿ',
      'ͱͳͷϳάέήίόύώαβγδεζηθικλμνξοπρστυφχψωϊϋσϗϙϛϝϟϡϣϥϧϩϫϭϯϸϻͻͼͽ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00000400-\U0000058f]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѶѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӁӃӅӇӉӋӍӐӒӔӖӘӚӜӞӠӢӤӦӨӪӬӮӰӲӴӶӸӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ',
      'ѐёђѓєѕіїјљњћќѝўџабвгдежзийклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѷѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӂӄӆӈӊӌӎӑӓӕӗәӛӝӟӡӣӥӧөӫӭӯӱӳӵӷӹӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00000590-\U00001dff]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ႠႡႢႣႤႥႦႧႨႩႪႫႬႭႮႯႰႱႲႳႴႵႶႷႸႹႺႻႼႽႾႿჀჁჂჃჄჅჇჍᎠᎡᎢᎣᎤᎥᎦᎧᎨᎩᎪᎫᎬᎭᎮᎯᎰᎱᎲᎳᎴᎵᎶᎷᎸᎹᎺᎻᎼᎽᎾᎿᏀᏁᏂᏃᏄᏅᏆᏇᏈᏉᏊᏋᏌᏍᏎᏏᏐᏑᏒᏓᏔᏕᏖᏗᏘᏙᏚᏛᏜᏝᏞᏟᏠᏡᏢᏣᏤᏥᏦᏧᏨᏩᏪᏫᏬᏭᏮᏯᏰᏱᏲᏳᏴᏵᲀᲁᲂᲃᲄᲅᲆᲇᲈᲉᲐᲑᲒᲓᲔᲕᲖᲗᲘᲙᲚᲛᲜᲝᲞᲟᲠᲡᲢᲣᲤᲥᲦᲧᲨᲩᲪᲫᲬᲭᲮᲯᲰᲱᲲᲳᲴᲵᲶᲷᲸᲹᲺᲽᲾᲿ',
      'ⴀⴁⴂⴃⴄⴅⴆⴇⴈⴉⴊⴋⴌⴍⴎⴏⴐⴑⴒⴓⴔⴕⴖⴗⴘⴙⴚⴛⴜⴝⴞⴟⴠⴡⴢⴣⴤⴥⴧⴭꭰꭱꭲꭳꭴꭵꭶꭷꭸꭹꭺꭻꭼꭽꭾꭿꮀꮁꮂꮃꮄꮅꮆꮇꮈꮉꮊꮋꮌꮍꮎꮏꮐꮑꮒꮓꮔꮕꮖꮗꮘꮙꮚꮛꮜꮝꮞꮟꮠꮡꮢꮣꮤꮥꮦꮧꮨꮩꮪꮫꮬꮭꮮꮯꮰꮱꮲꮳꮴꮵꮶꮷꮸꮹꮺꮻꮼꮽꮾꮿᏸᏹᏺᏻᏼᏽвдосттъѣꙋᲊაბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶჷჸჹჺჽჾჿ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00001e00-\U00001eff]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ḀḂḄḆḈḊḌḎḐḒḔḖḘḚḜḞḠḢḤḦḨḪḬḮḰḲḴḶḸḺḼḾṀṂṄṆṈṊṌṎṐṒṔṖṘṚṜṞṠṢṤṦṨṪṬṮṰṲṴṶṸṺṼṾẀẂẄẆẈẊẌẎẐẒẔẞẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸỺỼỾ',
      'ḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭṯṱṳṵṷṹṻṽṿẁẃẅẇẉẋẍẏẑẓẕßạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹỻỽỿ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00001f00-\U00001fff]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ἈἉἊἋἌἍἎἏἘἙἚἛἜἝἨἩἪἫἬἭἮἯἸἹἺἻἼἽἾἿὈὉὊὋὌὍὙὛὝὟὨὩὪὫὬὭὮὯᾈᾉᾊᾋᾌᾍᾎᾏᾘᾙᾚᾛᾜᾝᾞᾟᾨᾩᾪᾫᾬᾭᾮᾯᾸᾹᾺᾼῈῊῌῘῙῚῨῩῪῬῸῺῼ',
      'ἀἁἂἃἄἅἆἇἐἑἒἓἔἕἠἡἢἣἤἥἦἧἰἱἲἳἴἵἶἷὀὁὂὃὄὅὑὓὕὗὠὡὢὣὤὥὦὧᾀᾁᾂᾃᾄᾅᾆᾇᾐᾑᾒᾓᾔᾕᾖᾗᾠᾡᾢᾣᾤᾥᾦᾧᾰᾱὰᾳὲὴῃῐῑὶῠῡὺῥὸὼῳ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00002000-\U0000ffff]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ℲↃⰀⰁⰂⰃⰄⰅⰆⰇⰈⰉⰊⰋⰌⰍⰎⰏⰐⰑⰒⰓⰔⰕⰖⰗⰘⰙⰚⰛⰜⰝⰞⰟⰠⰡⰢⰣⰤⰥⰦⰧⰨⰩⰪⰫⰬⰭⰮⰯⱠⱢⱣⱤⱧⱩⱫⱭⱮⱯⱰⱲⱵⱾⱿⲀⲂⲄⲆⲈⲊⲌⲎⲐⲒⲔⲖⲘⲚⲜⲞⲠⲢⲤⲦⲨⲪⲬⲮⲰⲲⲴⲶⲸⲺⲼⲾⳀⳂⳄⳆⳈⳊⳌⳎⳐⳒⳔⳖⳘⳚⳜⳞⳠⳢⳫⳭⳲꙀꙂꙄꙆꙈꙊꙌꙎꙐꙒꙔꙖꙘꙚꙜꙞꙠꙢꙤꙦꙨꙪꙬꚀꚂꚄꚆꚈꚊꚌꚎꚐꚒꚔꚖꚘꚚꜢꜤꜦꜨꜪꜬꜮꜲꜴꜶꜸꜺꜼꜾꝀꝂꝄꝆꝈꝊꝌꝎꝐꝒꝔꝖꝘꝚꝜꝞꝠꝢꝤꝦꝨꝪꝬꝮꝹꝻꝽꝾꞀꞂꞄꞆꞋꞍꞐꞒꞖꞘꞚꞜꞞꞠꞢꞤꞦꞨꞪꞫꞬꞭꞮꞰꞱꞲꞳꞴꞶꞸꞺꞼꞾꟀꟂꟄꟅꟆꟇꟉꟋꟌ꟎Ꟑ꟒꟔ꟖꟘꟚꟜ꟱Ꟶ',
      'ⅎↄⰰⰱⰲⰳⰴⰵⰶⰷⰸⰹⰺⰻⰼⰽⰾⰿⱀⱁⱂⱃⱄⱅⱆⱇⱈⱉⱊⱋⱌⱍⱎⱏⱐⱑⱒⱓⱔⱕⱖⱗⱘⱙⱚⱛⱜⱝⱞⱟⱡɫᵽɽⱨⱪⱬɑɱɐɒⱳⱶȿɀⲁⲃⲅⲇⲉⲋⲍⲏⲑⲓⲕⲗⲙⲛⲝⲟⲡⲣⲥⲧⲩⲫⲭⲯⲱⲳⲵⲷⲹⲻⲽⲿⳁⳃⳅⳇⳉⳋⳍⳏⳑⳓⳕⳗⳙⳛⳝⳟⳡⳣⳬⳮⳳꙁꙃꙅꙇꙉꙋꙍꙏꙑꙓꙕꙗꙙꙛꙝꙟꙡꙣꙥꙧꙩꙫꙭꚁꚃꚅꚇꚉꚋꚍꚏꚑꚓꚕꚗꚙꚛꜣꜥꜧꜩꜫꜭꜯꜳꜵꜷꜹꜻꜽꜿꝁꝃꝅꝇꝉꝋꝍꝏꝑꝓꝕꝗꝙꝛꝝꝟꝡꝣꝥꝧꝩꝫꝭꝯꝺꝼᵹꝿꞁꞃꞅꞇꞌɥꞑꞓꞗꞙꞛꞝꞟꞡꞣꞥꞧꞩɦɜɡɬɪʞʇʝꭓꞵꞷꞹꞻꞽꞿꟁꟃꞔʂᶎꟈꟊɤꟍ꟏ꟑꟓꟕꟗꟙꟛƛsꟶ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00010000-\U0010ffff]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", '𐐀𐐁𐐂𐐃𐐄𐐅𐐆𐐇𐐈𐐉𐐊𐐋𐐌𐐍𐐎𐐏𐐐𐐑𐐒𐐓𐐔𐐕𐐖𐐗𐐘𐐙𐐚𐐛𐐜𐐝𐐞𐐟𐐠𐐡𐐢𐐣𐐤𐐥𐐦𐐧𐒰𐒱𐒲𐒳𐒴𐒵𐒶𐒷𐒸𐒹𐒺𐒻𐒼𐒽𐒾𐒿𐓀𐓁𐓂𐓃𐓄𐓅𐓆𐓇𐓈𐓉𐓊𐓋𐓌𐓍𐓎𐓏𐓐𐓑𐓒𐓓𐕰𐕱𐕲𐕳𐕴𐕵𐕶𐕷𐕸𐕹𐕺𐕼𐕽𐕾𐕿𐖀𐖁𐖂𐖃𐖄𐖅𐖆𐖇𐖈𐖉𐖊𐖌𐖍𐖎𐖏𐖐𐖑𐖒𐖔𐖕𐲀𐲁𐲂𐲃𐲄𐲅𐲆𐲇𐲈𐲉𐲊𐲋𐲌𐲍𐲎𐲏𐲐𐲑𐲒𐲓𐲔𐲕𐲖𐲗𐲘𐲙𐲚𐲛𐲜𐲝𐲞𐲟𐲠𐲡𐲢𐲣𐲤𐲥𐲦𐲧𐲨𐲩𐲪𐲫𐲬𐲭𐲮𐲯𐲰𐲱𐲲𐵐𐵑𐵒𐵓𐵔𐵕𐵖𐵗𐵘𐵙𐵚𐵛𐵜𐵝𐵞𐵟𐵠𐵡𐵢𐵣𐵤𐵥𑢠𑢡𑢢𑢣𑢤𑢥𑢦𑢧𑢨𑢩𑢪𑢫𑢬𑢭𑢮𑢯𑢰𑢱𑢲𑢳𑢴𑢵𑢶𑢷𑢸𑢹𑢺𑢻𑢼𑢽𑢾𑢿𖹀𖹁𖹂𖹃𖹄𖹅𖹆𖹇𖹈𖹉𖹊𖹋𖹌𖹍𖹎𖹏𖹐𖹑𖹒𖹓𖹔𖹕𖹖𖹗𖹘𖹙𖹚𖹛𖹜𖹝𖹞𖹟𖺠𖺡𖺢𖺣𖺤𖺥𖺦𖺧𖺨𖺩𖺪𖺫𖺬𖺭𖺮𖺯𖺰𖺱𖺲𖺳𖺴𖺵𖺶𖺷𖺸𜳖𜳗𜳘𜳙𜳚𜳛𜳜𜳝𜳞𜳟𜳠𜳡𜳢𜳣𜳤𜳥𜳦𜳧𜳨𜳩𜳪𜳫𜳬𜳭𜳮𜳯𜳰𜳱𜳲𜳳𜳴𜳵𜳶𜳷𜳸𜳹𞀰𞀱𞀲𞀳𞀴𞀵𞀶𞀷𞀸𞀹𞀺𞀻𞀼𞀽𞀾𞀿𞁀𞁁𞁂𞁃𞁄𞁅𞁆𞁇𞁈𞁉𞁊𞁋𞁌𞁍𞁎𞁏𞁐𞁑𞁒𞁓𞁔𞁕𞁖𞁗𞁘𞁙𞁚𞁛𞁜𞁝𞁞𞁟𞁠𞁡𞁢𞁣𞁤𞁥𞁦𞁧𞁨𞁩𞁪𞁫𞁬𞁭𞤀𞤁𞤂𞤃𞤄𞤅𞤆𞤇𞤈𞤉𞤊𞤋𞤌𞤍𞤎𞤏𞤐𞤑𞤒𞤓𞤔𞤕𞤖𞤗𞤘𞤙𞤚𞤛𞤜𞤝𞤞𞤟𞤠𞤡',
      '𐐨𐐩𐐪𐐫𐐬𐐭𐐮𐐯𐐰𐐱𐐲𐐳𐐴𐐵𐐶𐐷𐐸𐐹𐐺𐐻𐐼𐐽𐐾𐐿𐑀𐑁𐑂𐑃𐑄𐑅𐑆𐑇𐑈𐑉𐑊𐑋𐑌𐑍𐑎𐑏𐓘𐓙𐓚𐓛𐓜𐓝𐓞𐓟𐓠𐓡𐓢𐓣𐓤𐓥𐓦𐓧𐓨𐓩𐓪𐓫𐓬𐓭𐓮𐓯𐓰𐓱𐓲𐓳𐓴𐓵𐓶𐓷𐓸𐓹𐓺𐓻𐖗𐖘𐖙𐖚𐖛𐖜𐖝𐖞𐖟𐖠𐖡𐖣𐖤𐖥𐖦𐖧𐖨𐖩𐖪𐖫𐖬𐖭𐖮𐖯𐖰𐖱𐖳𐖴𐖵𐖶𐖷𐖸𐖹𐖻𐖼𐳀𐳁𐳂𐳃𐳄𐳅𐳆𐳇𐳈𐳉𐳊𐳋𐳌𐳍𐳎𐳏𐳐𐳑𐳒𐳓𐳔𐳕𐳖𐳗𐳘𐳙𐳚𐳛𐳜𐳝𐳞𐳟𐳠𐳡𐳢𐳣𐳤𐳥𐳦𐳧𐳨𐳩𐳪𐳫𐳬𐳭𐳮𐳯𐳰𐳱𐳲𐵰𐵱𐵲𐵳𐵴𐵵𐵶𐵷𐵸𐵹𐵺𐵻𐵼𐵽𐵾𐵿𐶀𐶁𐶂𐶃𐶄𐶅𑣀𑣁𑣂𑣃𑣄𑣅𑣆𑣇𑣈𑣉𑣊𑣋𑣌𑣍𑣎𑣏𑣐𑣑𑣒𑣓𑣔𑣕𑣖𑣗𑣘𑣙𑣚𑣛𑣜𑣝𑣞𑣟𖹠𖹡𖹢𖹣𖹤𖹥𖹦𖹧𖹨𖹩𖹪𖹫𖹬𖹭𖹮𖹯𖹰𖹱𖹲𖹳𖹴𖹵𖹶𖹷𖹸𖹹𖹺𖹻𖹼𖹽𖹾𖹿𖺻𖺼𖺽𖺾𖺿𖻀𖻁𖻂𖻃𖻄𖻅𖻆𖻇𖻈𖻉𖻊𖻋𖻌𖻍𖻎𖻏𖻐𖻑𖻒𖻓abcdefghijklmnopqrstuvwxyz0123456789абвгдежзиклмопрстуфхцчшыэюꚉәіјөүӏабвгдежзиклопсуфхцчшъыґіѕџҫꙑұ𞤢𞤣𞤤𞤥𞤦𞤧𞤨𞤩𞤪𞤫𞤬𞤭𞤮𞤯𞤰𞤱𞤲𞤳𞤴𞤵𞤶𞤷𞤸𞤹𞤺𞤻𞤼𞤽𞤾𞤿𞥀𞥁𞥂𞥃');
  END IF;
  folded := replace(folded COLLATE "C", E'\u00df', 'ss');
  folded := replace(folded COLLATE "C", E'\u0069\u0307', 'i');
  RETURN btrim(regexp_replace(normalize(folded, NFKC) COLLATE "C", '[\U00000009-\U0000000d\U00000020-\U00000020\U00000085-\U00000085\U000000a0-\U000000a0\U00001680-\U00001680\U00002000-\U0000200a\U00002028-\U00002029\U0000202f-\U0000202f\U0000205f-\U0000205f\U00003000-\U00003000]+' COLLATE "C", ' ', 'g'), ' ');
END $fold$;
GRANT EXECUTE ON FUNCTION fold_text(text) TO leadwell_app;

-- What a lead is found by: folded names, company and e-mail, and its numbers as digits with and without country code.
CREATE OR REPLACE FUNCTION lead_text(lead leads) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN fold_text(concat_ws(' ', lead.name, lead.first_name, lead.last_name, lead.company_name, lead.email, lead.phone,
    lead.phone_sent, regexp_replace(lead.phone_sent, '\D', '', 'g'), lead.other_phone, '#' || lead.number));
UPDATE lead_search s SET text = lead_text(l) FROM leads l
  WHERE l.workspace_id = s.workspace_id AND l.id = s.lead_id AND s.text <> lead_text(l);

DROP INDEX deals_by_name;
CREATE INDEX deals_by_name ON deals USING gin (fold_text(name) gin_trgm_ops);
CREATE OR REPLACE FUNCTION deals_like(pattern text, most integer) RETURNS SETOF uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public SET enable_seqscan = off SET enable_indexscan = off AS $$
BEGIN
  IF length(pattern) >= 5 THEN
    RETURN QUERY EXECUTE 'SELECT id FROM deals WHERE workspace_id = $1 AND fold_text(name) LIKE $2 LIMIT $3'
      USING current_workspace(), pattern, most;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION note_hand_call() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO call_attempts
    (workspace_id, id, lead_id, call_id, member_id, outcome_id, outcome, started_at, ended_at, talk_seconds)
  VALUES (NEW.workspace_id, NEW.id, NEW.lead_id, NULL, substr(NEW.actor, 8)::uuid,
    (SELECT o.id FROM call_outcomes o
      WHERE o.workspace_id = NEW.workspace_id AND o.folded_name = fold_text(NEW.detail ->> 'outcome')),
    NEW.detail ->> 'outcome', NULL, NEW.at, (NEW.detail ->> 'talk_seconds')::integer)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- Names are folded anew. Where two are the same now, the one that had this form keeps it, else the older takes it; the
-- other keeps the form it had, so that both stay.
CREATE FUNCTION pg_temp.fold_anew(target regclass, sent name, folded name, scope text) RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('WITH anew AS (
      SELECT ctid AS at, %3$I AS old, fold_text(%2$I) AS new,
        row_number() OVER (PARTITION BY %4$s, fold_text(%2$I) ORDER BY %3$I = fold_text(%2$I) DESC, id) AS turn FROM %1$s
    )
    UPDATE %1$s t SET %3$I = anew.new FROM anew WHERE t.ctid = anew.at AND anew.turn = 1 AND anew.old <> anew.new',
    target, sent, folded, scope);
END $$;
SELECT pg_temp.fold_anew('members', 'email', 'folded_email', 'workspace_id'),
  pg_temp.fold_anew('members', 'username', 'folded_username', 'workspace_id'),
  pg_temp.fold_anew('departments', 'name', 'folded_name', 'workspace_id'),
  pg_temp.fold_anew('statuses', 'name', 'folded_name', 'workspace_id'),
  pg_temp.fold_anew('sources', 'name', 'folded_name', 'workspace_id'),
  pg_temp.fold_anew('lead_types', 'name', 'folded_name', 'workspace_id'),
  pg_temp.fold_anew('call_outcomes', 'name', 'folded_name', 'workspace_id'),
  pg_temp.fold_anew('reference_items', 'name', 'folded_name', 'workspace_id, kind'),
  pg_temp.fold_anew('waiting_names', 'name', 'folded_name', 'workspace_id, kind'),
  pg_temp.fold_anew('reading_rules', 'value', 'folded_value', 'workspace_id, dialect, token_id, field');
-- Workspaces may have the same name.
UPDATE workspaces SET folded_name = fold_text(name) WHERE folded_name <> fold_text(name);

-- Punycode (RFC 3492) of one part of a domain.
CREATE FUNCTION pg_temp.punycode(label text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  codes integer[] := ARRAY(SELECT ascii(one) FROM regexp_split_to_table(label, '') AS one);
  written text := regexp_replace(label, '[^\u0001-\u007f]', '', 'g');
  handled integer := length(written);
  plain integer := handled;
  code integer := 128;
  delta integer := 0;
  bias integer := 72;
  smallest integer;
  rest integer;
  least_digit integer;
  base integer;
  one integer;
BEGIN
  IF handled = cardinality(codes) THEN RETURN label; END IF;
  IF handled > 0 THEN written := written || '-'; END IF;
  WHILE handled < cardinality(codes) LOOP
    SELECT min(c) INTO smallest FROM unnest(codes) AS c WHERE c >= code;
    delta := delta + (smallest - code) * (handled + 1);
    code := smallest;
    FOREACH one IN ARRAY codes LOOP
      IF one < code THEN delta := delta + 1; END IF;
      CONTINUE WHEN one <> code;
      rest := delta;
      base := 36;
      LOOP
        least_digit := greatest(1, least(26, base - bias));
        EXIT WHEN rest < least_digit;
        written := written || substr('abcdefghijklmnopqrstuvwxyz0123456789',
          least_digit + (rest - least_digit) % (36 - least_digit) + 1, 1);
        rest := (rest - least_digit) / (36 - least_digit);
        base := base + 36;
      END LOOP;
      written := written || substr('abcdefghijklmnopqrstuvwxyz0123456789', rest + 1, 1);
      rest := CASE WHEN handled = plain THEN delta / 700 ELSE delta / 2 END;
      rest := rest + rest / (handled + 1);
      bias := 0;
      WHILE rest > 455 LOOP
        rest := rest / 35;
        bias := bias + 36;
      END LOOP;
      bias := bias + 36 * rest / (rest + 38);
      delta := 0;
      handled := handled + 1;
    END LOOP;
    delta := delta + 1;
    code := code + 1;
  END LOOP;
  RETURN 'xn--' || written;
END $$;

-- Addresses that are the same now become one key: it stays with the lead that came first, and the others are possible
-- duplicates of it. Second addresses of a lead are never its keys.
CREATE TEMPORARY TABLE readdressed ON COMMIT DROP AS
  SELECT workspace_id, value AS old, lead_id, is_owner, is_second,
    fold_text(split_part(value, '@', 1)) || '@' || (
      SELECT string_agg(pg_temp.punycode(label), '.' ORDER BY at)
      FROM regexp_split_to_table(
        normalize(regexp_replace(split_part(value, '@', 2), '[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]', '', 'g'), NFKC),
        '[.\u3002]') WITH ORDINALITY AS part (label, at)
    ) AS new
  FROM (SELECT workspace_id, value, lead_id, true AS is_owner, false AS is_second FROM lead_keys
      WHERE kind = 'email' AND value ~ '[^!-~]'
    UNION ALL SELECT workspace_id, value, lead_id, false, is_second FROM lead_twins WHERE kind = 'email' AND value ~ '[^!-~]') AS k;
DELETE FROM readdressed WHERE old = new;
DELETE FROM lead_keys k USING readdressed r
  WHERE r.is_owner AND k.workspace_id = r.workspace_id AND k.kind = 'email' AND k.value = r.old;
DELETE FROM lead_twins t USING readdressed r
  WHERE t.workspace_id = r.workspace_id AND t.kind = 'email' AND t.value = r.old AND t.lead_id = r.lead_id;
INSERT INTO lead_keys (workspace_id, kind, value, lead_id)
  SELECT DISTINCT ON (workspace_id, new) workspace_id, 'email', new, lead_id FROM readdressed WHERE NOT is_second
  ORDER BY workspace_id, new, lead_id
  ON CONFLICT DO NOTHING;
INSERT INTO lead_twins (workspace_id, kind, value, lead_id, is_second)
  SELECT r.workspace_id, 'email', r.new, r.lead_id, bool_and(r.is_second) FROM readdressed r
  LEFT JOIN lead_keys k ON k.workspace_id = r.workspace_id AND k.kind = 'email' AND k.value = r.new
  WHERE k.lead_id IS DISTINCT FROM r.lead_id GROUP BY 1, 3, 4
  ON CONFLICT DO NOTHING;

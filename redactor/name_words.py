"""Names of people that words come near to, or that are words as well.

Of the given and family names that Faker's lists have in all languages. What is a letter or two off a known word of six
letters or more, or two words in one, is none for a doubtful letter; what is a known word of four letters or more may be
a name too, with some surnames that Faker lacks.
"""

_NEAR = """
aarden abella achille achison adella adelle adrain aigner alberts alease alexus altera anderl anders andress angele
angeles angelo angulo aogain archie arenas arletta arnetta arreola arribas artelia arthor asanti astrom auther authur
bakken bansal barker barrett barrows basilio bassis baster bastin bausch beguin bender benigna benigni benigno berent
bergin bernier bessie betina bielat billung binder binner birtha birthe bitten blaengs blaise blanch blanes blanka
blaser bolton booden borgar borner borras boston boutin bracha braden brahim branco braoin bravin breeda brenden
briain bridger bridges bridget bridie bright brodin broschi browne browning bruton burney burton cabeza cadena caldera
camara cambier campano canali canals candia canice canning cannon cantero canton canyon cardon carine carisa carita
carlier carmella carmina carpio carrie carriera cartain cartes cassin castelli castilla castro catina catrina centek
chaber chambers chance chanel chanie chante chantel charle charrier cherek choros chromy cibula cirule cisternas
ciurus cleary cleave clement clements coates codina coelho coline colling colson colton columba comain combre comman
company compere concepta condon conlon conner connole conole constanta constantin conter conthra contractor convey
cordia corina cornel cornell cornet cornez corona coronel corrado correa correr cortese cortez coulon coutts creola
crockett cubric cuervo cuesta curley curtain custodia dalmar danielius dantes darain darian darina davide deante
delekta deleze delila dellar dellia dellie delois delphia delphin denice denise denkel denning deonte derbal dering
desire desiree dessel dessie destin destini destiny destry detaille devery devine dickey dickie dieter dilder dimple
dionte divine doktor dolain dolores dondre dorgan doring dorita dorner dossie dostal dumina dunning durant durning
earley earlie easter edison eerden eisner eithel elease electa elektra elmina encina espinal estelle esther estill
estrada fagain fallon farina farmer feinen felder feller fenning ferrer festus fidler fields finnish fintan fleche
florine folker fournier fraher franch fronie fuente fuller fuster gabela gading gearty gelder gemito gendek gendera
gentry german germana germano gerson gillis ginger ginkel girona givern glaser glasses glenna golding gorden gordon
graban grabara grabas gradek grande greally grimes grisel groote gulnar gulter gunnel gunning gunter haengs hagain
halder halleux halley hallur halpen hamera hammer handler hannula harmon hastey hastie hearty hector heinen heiner
henner henning hessel hessie hession hilary hildar hilding hiller hilmar hinton hlinik holden holger holgers holler
holzer homero horace horgan hrabar hulten hummer hunter hutter hutton idella imogen ingles inguna ionica isaline
isella jamnik janine jannik jerson jessel jessen jessie jochen jorden jordon kalmar kamper kappel karina kaster kayden
keally keeling keenen kelder kemmer kenter kerans kerman kerney ketting killer kinner kinney klaengs klammer klement
knappe knight kolanko kornel kozica kramer krammer krists kronenberg kucera kummer labelle lammer landen langer
languages lankle lantar larent largey latier latrice lawyer leadus leavey ledion lember lensen leonard leonardi
leonards lesner lessie lester levern lieven liller lillis lindar linder lindmark linnea linnie lipova liston littel
littie logain lowery lubera lubina lucena lucero lucina lundmark luster lutgen mabelle madden madera madison magain
magana magnea mahter maille majvor makini malley malone mamula mandal mangal manilla manntain mantain marchant marget
marian marica marietta marilla marina marita markel markey marlier marques marquet marquez marten martial marxer
masset massey massin master matula maurice maxima maximo maximus mcking mcnaughton medici medina megane mendes meneses
mentor merita mesude mgenge midura minoru mirona mishra mittal mitter mittie molano molder molins molitor molnar
monica montague montanelli montes morain morand morata morits moritz morvan mousel mouton mudden murage musure nangle
naoise natella neuner newton ninthe nissen noella norita norman norval nurser odalis oliver orange ortner ovalle
padden padilla palina palman palmars palmer palomar pamella pammer pancho paredes pareto paride parmar partel pasten
patience patino patrice pattie paulette peader pearly pearson pelser pender perlita pernak perron persson pesent
petric petter philip philipp philis phubes pierson pineau pingle pinter pirson pisano planas plantak plantard plante
pointner porter portero povilas powers prager prames precious preiss preuss priede prieto primitiva primitivo prisca
prisha priska prosper prostak quinter racheal rachid rachit rafter raight rangel ransom rasmus rausch rauscher rautio
recers reding regina reginal regine reginn reginns regula reilly reiner reinis reiter renate renders rendon renier
renner renson ressie reuben riddle rieder rieser rinner rippey rippin romain romero ronning rosenberger rosenbergs
rosinberg rosinbergs rubben ruelle sabela saevar safiri safirs safura salima salina salmar salvars salvor samele
sammer sampson sanches sancho sarina sarvar sauvage savage savant savina scalera schaaf schacht scheel scherms scherr
scherz schmitt scholl schuler schuller schulten schuster schutter schwaiger scotto seally seldon selena seline semine
sendor sensoy serina serine severo severt shafter shange sharde sharee sharen sharpe shasta shemar sherie shiela
shields shiels shortt sidney sigmar signar siller sillis simona simson singer sinner skally slater slowey smaris
soding solano solera soline solvar solver spring spurgeon squire stange stanic starling startek steele steger steiner
stella stellan sterna steuer stifter stilla stockl stoney stopar storey stracke strand strasser stroka strong stuart
suellen summer sunder sutter sutton svalis svenning swiech szpara talwar tamayo tamela tamera tandon tangen tanner
tardif teerth tessie textor theres therman theunis thiong tobias tonder tonguc toolis tracee tracey tracie traian
transito traoin travers traversa treial triall trillo triplat turgeon uniaque valdes valdor valere valeri valette
valiant valier vallee valles vallet valmar valorie valter valves vassie veloso venturi vernal versie vertie victor
victors villis vinicio vitali volker wachter walder wallis walloon walters wanger warmuz warren watters wauters weiler
weimer weiser weller welter werdes wessel wester widmer wiedner wiener wieser wilder willia willie willms wimmer
winter witting wouter yassin yeneral yerson ysaline zander zarina zeiler zeiner zenner zimmer
"""
NEAR_NAMES = frozenset(_NEAR.split())
_ALSO = """
alpha anni antero arch arietta artis asir author autumn back basic beat begin best bins blank block blood bold bone
bones borst boyd brain branch bridge bruce caldwell canal carina carrier case cases central cheek cisterna clear close
cobb coeur colic colon colonna come comment constant contra cord cortes cross danelius date deep della delle delta
dent dixon doctor dodd doppler durante each early echo edit einer else endo ferguson field finger font foot forma
frame front gate geary general glenn good grey guardado hand harm harmony hasta head heart held hemi herz hide holder
hora horn hosp hull iris izquierdo karl kidney lean leber leonardo less line list little lock long lower lung made
magna major male mark mater media merchant meta minor moran more must nascimento naughton nella nuevo octa oral over
page palmar para parent parts pepper perna pers philips pole porte post power press prior priors proc rastelli read
reader real reason rein ring roll room rosenberg salva salvar sans scala segundo shade sharp short side signa signe
signer silver simpson skip small sola stack star steer stock stone street strom such testa tomo topic towne trace true
unique valid vena vers vessie vida wall water waters weeks were white will willis winkel zero
"""
ALSO_NAMES = frozenset(_ALSO.split())

"""Everyday words that are no names by themselves: of sentences, comments, menus and forms."""

# English.
_EN = """
a about above accepted according accounting accumulated acquire acquiring across active actual added adjusted advanced
after again against ahead aligned all allergies allow allowed alone along already also although always ambulatory
amount an analysed analyzed and anon anonymised anonymisiert anonymized anonymous answer any anything appears applied
apply approximate are area around arrived as asked assessed assist assuming at attached attended attending attribute
attributes autumn available avoid awake aware bar basis be became because become been before begins behind being
believe belong below better between beyond bilaterally birth both bottom breathe breathing brightness broken brought
build but by calculated calculation calibrated called can cancelled cannot captured careful carried cases cause
caution centered central certain change changes chart check checked children chosen circle cleaned cleared click
clinically close closed closer collected colour coloured colours combined come comment common complete completed
completely compressed concern conclusion condition conditions confirm confirmed connect connected consent considered
consistent consult consultant contact contains continue continued control controlled converted copied copies correct
corrected correction corresponding cough could count counted cover covered created cropped cumulative current curve
curves darker day decrease decreased defined degree delayed deleted department depends derived described description
desired detailed details detected detector device did differ difference different difficult digit digits direction
directly discharge disconnected discussed display displayed displaying displays do does done dotted double down
drawing drawn drive during dynamic each earlier edges effect either elapsed elbows element elevated else emergency
empty enabled end ended enlarged enough ensure enter entered entire entry equal erased error even evening every
evidence exact exactly examination examined examiner example exceed exceeded excellent except exclude excluded
exercise expected expired explain exported exposed extended external extra facing failed failure faint false feature
features few fiducial field fifth file filled filling filtered finally find findings finger finish finished first fit
fixed flipped focused folder follow followed following footer for force forward found fourth frequent from full fully
function functions further future generated geometric get give given go good grade graph greater group guide guided
had happen has have header health healthy helpful here hidden high higher highest history holding hours how however if
imager images impression improve improved in included includes increase increased indicate indicated indication
indications individual informed initial initials injected inpatient inside instead instruction instructions intended
interval into invalid investigation involved is issue it items its just keep key keyboard know known label labeled
labelled labels landmark large larger largest last lasted later latest leads learn least leave left legend length less
let letters level levels light lighter like likely limit limits line linked listed little loaded local locked long
longer loudly low lower lowest lying machine made magnification magnified maintain maintenance make making manage many
marked masked matched maximal may means measurements measuring medical medication menu message method methods middle
minimal minimum minute minutes mirrored missing mixed moderate modified monitor month monthly months more morning most
mouse move moved movement moving much multiple must named narrow nature near nearest necessary need needed needle
negative neither never new next night no nobody noise nominal none normal normally not note noted notes nothing notice
now null numbers object observed obtain obtained occurs of off offline often old older on once one ongoing only open
opened operating opposite optional options or order ordered organ original other otherwise our out outpatient outside
over overlay overview own owner packed paint paper parallel part partial partially parts passed paste pathology
patients pattern pause paused pending people per percentage perform performed performing permanent permission physical
picture pictures pixel place placed placement plain plane planned please point pointed pointer portion position
positive possible possibly pregnancy pregnant preliminary preparation prepared present press pressed previous
previously primary printing prior priority private probably problem procedure proceed process produced product
progress projection proper properly property protected provided purpose put quality quantity question questions
quickly radiographer radiographers radiography random range rapid rather reached reaction reading really reason
received recent recently recommend recommended reconstructed recorded records reduced refer reference referral
referrer refers regarding regular rejected related relative relaxed release released remain remaining remains remember
remote removed repeat repeated replace replaced reported reports request requested requests require required requires
reserved resident resolved resume resumed retake return returned reviewed right rights rotated rotation roughly round
routine running safety same sample samples satisfactory scanned scanning scene schedule scheduled score scores
screening scroll search second secondary seconds section see seems segment selected selection sending separate
separated sequence session set setting settings several severe shadow shape shift short shorter should shown shows
side signal signed similar simple simply since single sitting sizes slightly slower small smaller smallest smooth
snapshot so some something sorted sound source spaced spacing special specific specified speech stable stage standard
standing start started starting state states stationary status steady step stepped still stop stopped storage store
student subject subjects submitted subtracted success successful successfully such suddenly suggest suggested suitable
summary superimposed supervisor supplied support supported surrounding suspected switch symptoms table take taken
takes taking target technical temporary tenderness tentative tested testing text than that the their them themselves
then there these they thickness thing third this those though three threshold through tight tilted time timer to today
together tomorrow tonight too top touch toward towards traced track tracking training transfer transferred treated
treatment turn turned turning two type typical unable unavailable unclear under underlying unexpected uniform unknown
unless unlocked unmarked unnamed unread unsaved unseen unsupported until unverified up updated upload uploaded upon
upper upright urgent usable use used user using usual usually valid validated value values variable various verified
verify version vertical very viewed viewer viewing views visible visit wait waiting walking want warning warnings was
watch way we wearing weekly well were what when where whether which while who whole why wider width will window with
withdrawn within without work worse would written wrong yes yesterday yet you younger youngest your
"""
# German.
_DE = """
achtung aktuell allgemein alter an anamnese anforderung angaben anzahl anzeige arbeit aufgenommen aufnahmen auftrag
ausgabe auswertung automatisch bearbeiten bedienung beginn beide beidseits bemerkung bemerkungen bereich bereit
beschreibung beurteilung bewegung bezeichnung bitte breite dabei daten dauer dicke diese dieser dosis druck durch
durchmesser ebene einer eines einheit entfernen entspricht ergebnis ergebnisse erste erstellt etwas extern falls farbe
fehler filter folgende frage freigegeben früher gedruckt gefunden gegen gelöscht gemessen gerät geräte gesamt
geschlecht gespeichert gewählt gleich grenze gültig halten hinten hinweis hinweise hinzufügen immer indikation
information inhalt intern jahre keine keinen knochen kommentar kontrolle kurve können körper ladung letzte letzter
liegend linie linker linkes liste löschen meldung menge messungen methode minuten mitte mittel monat monate neuer
nicht niedrig nummer nächste oberfläche offen ordner patient patienten patientin position probe programm prüfung punkt
punkte qualität quelle rechte rechter rechtes region rücken schließen schritt schwanger seite seiten sekunden sichern
sitzend software sowie spalte spannung start stehend stelle stellen strom stufe stärke suche summe tabelle taste titel
unten unter unterer untersuchung untersuchungen ursprung verdacht verfügbar vergleich vergrößerung verlauf verwenden
vordere vorderer vorhanden vorheriges vorne vorsicht warnung wechsel werden werte wieder woche wochen wurde zeigen
zeile zeitpunkt zentral zielgebiet zurücksetzen zusammen zustand zwischen überprüfen übersicht
"""
# French.
_FR = """
abdominale acquis affichage afficher aiguë ajouter ancien année années antérieur après arrière arrêt attente attention
aucun aucune aussi autre autres avant bilan bouton calcul centre cette choix cliché clichés clinique commentaire
commentaires comparaison compte compte-rendu contrôle corps couche couleur courbe debout debut demande demandé dernier
dernière dessous dessus diamètre données dossier douleur droit droite durée début défaut effectué enceinte enregistré
entre envoi erreur essai examen examens fenêtre fermer fichier gauche grossesse hauteur heures historique image images
imprimé inverse jamais jours jusque large largeur lecture ligne limite longueur marque maximum message mesurer mesuré
mesurée milieu minimum modifier moins naissance niveau normale normaux nouveau nouvelle numéro objet ouvrir paramètres
partie patiente pendant petite point position premier première pression protocole précédent présence qualité quand
radiologue rappel recherche remarque remarques repos retour région résultat résultats sauvegarder selon semaine
semaines seuil signe sortie suite suivi supérieur supérieure synthèse système sélection tableau titre total toute
toutes traitement transverse unité valeur valeurs veuillez vitesse échec échelle écran épaule
"""
# Spanish.
_ES = """
abierto adelante además advertencia agregar ahora algún altura ambos ancho anchura anterior antes análisis aplicar
archivo arriba atención atrás aumento automático ayuda borrar buscar búsqueda cambiar cambio cantidad captura cerrar
clínica clínico columna comentario comentarios completo contraste copia correcto corte cuando cuerpo curva cálculo
datos debajo dentro derecho desde después detalle diferencia disco diámetro dolor donde durante edición embarazada
embarazo encima entrada envío escala estado estudio estudios existe exportar exposición exámenes fallo fecha fichero
forma frecuencia fuera gestación grabar grado grupo guardado hallazgos hasta horas imagen impresión imágenes
incorrecto indicación informe inicio interior izquierdo lateral lista listo lugar línea manual mediciones medición
medio mejor menos meses motivo mover muestra máximo mínimo ninguna ningún nivel no nombre normales notas nueva nuevo
número observaciones opciones operación orden paciente pacientes pantalla parte perfil plano poner posible posición
presión primera primero promedio prueba punto página quitar recto registro región relación reposo resultado resultados
salida segundo segundos según seleccionar selección semana semanas señal siguiente sistema sobre subir superior tabla
tamaño texto tiempo todas todos trabajo unidad unidades usuario valor valores varios velocidad versión vista volver
última último
"""
# Italian.
_IT = """
acquisita acquisito adesso aiuto alcuni altezza altra altro anche annotazioni anteriore aprire area ascolto assente
attesa attivo avviso cancella cartella cerca chiudi clinica colonna comando come commenti commento conferma confronto
contrasto corpo della delle destra destro diametro dimensione dolore ecografia elenco elimina entrambi errore esame
esami esegue eseguito file filtro finestra foglio fuori giorni giorno gravidanza gruppo immagini impostare impressione
indicazione indietro informazioni inizio interno inviare larghezza lettura linea lunga maggiore media metodo minimo
minuti misurare misurazione modalità modifica nascita nella nessun nessuna note numero nuova nuovo ordine osservazioni
paziente pazienti piano posizione possibile posteriore precedente premere prossimo prova pulsante qualità quando
questa questo referto regione registrazione ricerca richiesta riposo risultati risultato salvataggio scala scelta
schermo seconda secondi selezionare selezione senza sesso settimana settimane sezione sinistra sinistro sopra sotto
spessori stampa stato studio superiore tabella tempo tessuto testo titolo totale trattamento tutte tutti ultimo unità
uscita utente valore valori vedere velocità versione verso visita
"""
# Portuguese and Dutch.
_OTHER = """
aantal aanvraag acima agora ainda andere atual aviso baixo beelden bekijken beoordeling breedte conclusão contagem
dados datum depois dikte direita direito eerste einde esquerda esquerdo exame exames exibir fechar geboorte geboren
gebruik gegevens gemeten gemiddeld geslacht gewicht gravidez grootte hoogte huidige idade imagens indicatie indicação
inserir instellingen início laatste largura laudo lengte lijst linha links maand maior maten medida medidas menor
meting metingen midden nascimento nenhum nenhuma nieuw nível onder onderzoek opmerking opmerkingen opnieuw opslaan
ordem outro padrão pagina parar patiënt positie posição próximo qualidade região repouso resultaat resultaten salvar
schaal scherm sluiten snelheid somente sturen tabela tamanho tekst totaal unidade usuário velocidade verificar versão
visualizar voltar vorige waarde waarden waarschuwing weken wijzigen zoeken zonder zwanger zwangerschap
"""
EVERYDAY = frozenset(" ".join((_EN, _DE, _FR, _ES, _IT, _OTHER)).split())

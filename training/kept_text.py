"""Still more lines that are kept: compounds and whole sentences, which warn, explain and instruct.

Placeholders and fillers are those of `console_text`.
"""

KEPT_COMPOUNDS: dict[str, str] = {
    "laterality": """
R>L|L>R|R<>L|L+R|R+L|LT/RT|RT/LT|LI/RE|RE-LI|Left/Right|RIGHT-LEFT|Li.|Re.|R.|L.|(L)|(R)|[L]|[R]|<-L|R->""",
    "position": """
PA/LAT|LAT/AP|PA+LAT|AP-LAT|AP & LAT|A-P|P-A|A/P|H/F|F-H|S/I|I/S|A|P|R-ML|L-ML|L-LM|R-XCCL|L-XCC|L-SIO|R-FB|LT-MLO
RT-CC|LT CC|CC-R|MLO-L|RMLO/LMLO|RCC-LCC|RCC+RMLO|LCC/LMLO|LAO-CRAN|RAO-CAUD|LAO{2}/CRAN{2}|RAO{2}-CAUD{1}|LPO/RPO
AP-{1}|LAT-{1}|PA_{1}|AP.|PA.|Obl.|OBL/LAT|AP/OBL|FLEX/EXT|Flex.|Ext.|Ax.|AX/SAG|COR+SAG|SAG-COR|TRA/COR|Tra>Cor
Sag>Tra {f}|T>C{f}|C>T{f}>S{f}|HFS-{v}|FFS/{v}|Sup.|Pro.|Erect/{v}|AP-{v}|PA-{v}|LAT {v}-{v}|{v}-AP|{v}/LAT""",
    "anatomy": """
{v}-{v}|{v}-{v}|{v}/{v}|{v}-{v} {v}|{v} {v}-{v}|LT {v}-{v}|{v} / {v} RT|{v}_{v}|{v} ({v}-{v})|{v}+{v}|{v}-{v} {n} mm""",
    "technique": """
{v}-{v}|{v}_{v}|{v}_{v}_{n}|{v}/{v} {n}|{v}-{v}: {n}|{v}-{v}={f}|{v} {v}-{v} {n}|{v}.{v} {f}|{v}+{v}""",
    "interface": """
{v}-{v}|{v}/{v}|{v}_{v}|{v}+{v}|{v}-{v}:|{v}-{v} {n}|{v} & {v}|{v} > {v}|{v} > {v} > {v}|{v} | {v}|{v}; {v}|{v}.{v}""",
    "other": """
{v}-{v} {v}|{v}, {v}, {v}|{v} and {v}|{v} or {v}|{v}/{v}/{v}|{v} (0{3},{4})|(0{3},{4}) {v} {v}|(0{3},{4}) = {n}
{v} (0{3},{4}) = {f}|(0{3},{4}), (0{3},{4}) or (0{3},{4})|(see (0{3},{4}))|{v} {v} (0{3},{4}) not {v} {v} (0{3},{4})""",
}

# Sentences are what a screen says to whom sits before it; they name nobody.
KEPT_SENTENCES: dict[str, str] = {
    "other": """
The {v} is set to {n} {v}.|This {v} was made with a {v} of {f} mm|All {v} are given in mm|{v} should be {f} mm
- {n} mm, the {v} is shown with {v}|- {n} {v}, no {v} {v} is known for this {v}
If it is {n}, the wrong {v} is being used
Displayed at {n} % of the {v}|Please check the {v} before {v}.|Do not use for {v}|Do not use this {v} with {v}.
See the {v} manual for {v}|For {v} only, not to be used in {v}|Values above {n} {v} are not shown
Values are mean and {v}
{v} is not available for this {v}|No {v} was found in this {v}|The {v} could not be {v}|{v} was stopped by the user
Waiting for {v} ...|Press {v} to go on|Press any key to {v}|Select a {v} and press {v}|Move the {v} to the {v}
Touch the {v} to change {v}|Put the {v} over the {v}|Use {v} instead of {v}|using {v}, not {v} {v}, as described
(using {v} {v} and {v} {v})|(i.e., {v} {v} instead of {v} or {v})|e.g. {v} of the {v}|per {v} and {v}|as per {v} {n}
*** {v} {v} should be {v} ***|*** the {v} has been {v} ***|** {v} **|!! {v} {v} !!|WARNING: {v} is {v}|Caution: {v} {v}
Note: {v} may be {v}|Attention : {v}|Error {n}: {v} not {v}|{v} error {n}|{v} failed, {v} again|{n} of {n} {v} were {v}
{v} with {v} of {n} mm is being used|Measured {v} of the {v}: {f} mm|Measured at the {v}|It is {v} as {v} with {v} {n}
Image was {v} by {v} of {n}|Image may have been {v}|Images are for {v} of {v}|This image is not {v}|Test of {v}
{v} used for the {v} of {v} and {v}|{v}: "{v} {v}"|{v} = "{v}"|"{v}"|{v} {v} = {f} x {f}|{v} accounts for {f}x {v}
There are no {v}|There is a {v} in the {v}|There was no {v}|Both {v} are {v}|Same {v} as before|Unchanged {v} since {v}
Small {v} near the {v}|Large {v} with {v}|{v} seen in the left {v}|{v} seen on {n} of {n} {v}|Possible {v} of the {v}
Cannot exclude {v}|Suggest {v} in {n} months|Repeat in {n} weeks|{v} not well seen|Limited by {v}|Poor {v} due to {v}
Patient was {v}, {v} was {v}|Patient could not {v}|Patient in {v}|The patient has {v} on the {v}|Informed consent: yes
Results are valid for {v} only|Change of {v} in % against {v}|Compared with a group of the same age and sex
The {v} shows the {v} as a {v} of {v}|Scores below -{f} mean {v}|Low: below {f}, high: above {f}|Copyright {4} {v}
Der {v} ist {n} mm|Die {v} wurde {v}|Bitte {v} und {v}|Nur für {v}, nicht für {v}|Kein {v} im {v}|Keine {v} gefunden
{v} ist nicht {v}|{v} wird {v} ...|Achtung: {v}|Siehe {v}|Alle {v} in mm|Le {v} est de {n} mm|La {v} n'est pas {v}
Pas de {v} dans le {v}|Veuillez {v} la {v}|Ne pas utiliser pour {v}|Attention à la {v}|Voir {v}|Toutes les {v} en mm
El {v} es de {n} mm|No hay {v} en el {v}|No usar para {v}|Pulse {v} para {v}|La {v} no es {v}|Il {v} non è {v}
Nessun {v} nel {v}|Premere {v} per {v}|Não usar para {v}|O {v} é de {n} mm|Niet gebruiken voor {v}|De {v} is {n} mm""",
}

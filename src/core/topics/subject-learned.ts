/**
 * Written by tools/subjects/train.ts from SIB-200 (CC BY-SA 4.0): what English-keyed words say about subjects, as tenths
 * of the logarithm of the odds. Under CC BY-SA 4.0 like its source.
 */
export const subjectLearned = `
ability politics=-4 health=4
able health=4
above health=-4
abroad lifestyle=7 sport=-5 health=-4 arts=-4
access science=4
accident science=-5 lifestyle=-5 politics=-5 health=12 arts=-5
accommodation science=-4 lifestyle=9 politics=-5 sport=-4 health=-5
according politics=5 sport=-4
achieve politics=4
acid science=6
act politics=5
action politics=5
active lifestyle=-8 sport=4
adapt lifestyle=6
addition sport=-4 health=-4 arts=-5
address lifestyle=5
administration politics=6
adult health=4
advance lifestyle=5 health=-4 arts=-4
advantage sport=5
affected politics=-7 sport=-7 health=12
against science=-6 lifestyle=-6 politics=7 sport=7 arts=-7
age science=-5 arts=-5
agency lifestyle=5
agent science=-5 lifestyle=7 sport=-5 health=-4 arts=-5
agree science=-4 lifestyle=-4 politics=8 health=-4 arts=-4
aid health=6
air lifestyle=5 health=-4
aircraft politics=4
airline science=-6 lifestyle=11 politics=-7 sport=-7 health=-7 arts=-6
airport lifestyle=8 politics=-6 sport=-6 health=-6 arts=-6
alcohol science=-5 politics=-5 sport=-4 health=10 arts=5
alliance lifestyle=5
allow science=6 politics=-4 sport=-5 health=-4 arts=-5
ally science=-4 politics=10 health=-4 arts=-4
almost sport=-7 health=-6
alone lifestyle=4
along politics=4 health=-4
already science=-4 health=5
although sport=-4 arts=4
always politics=4 sport=-5
amend politics=7
animal science=7 politics=-11 sport=-11 health=-5 arts=-11
anniversary arts=6
announced politics=8 sport=-5 arts=-4
answer politics=4
app science=4
appear arts=4
approximately sport=-6 arts=-6
archipelago science=-5 politics=-5 sport=-5 health=-5 arts=5
area sport=-9 arts=-9
arm health=7
army politics=7
around health=-6 arts=-4
arrived science=-4 sport=-4 health=6 arts=-4
art lifestyle=-6 politics=-7 sport=-7 health=-6 arts=13
article science=-4 politics=6 sport=-4
artist arts=10
asked politics=4
assistant sport=4
association sport=9
astronomy science=6 lifestyle=-4 politics=-4 sport=-4 health=-4 arts=-4
athlete science=-4 lifestyle=-4 sport=11 health=-4
atmosphere politics=-5 sport=-4 health=-4 arts=-4
atomic science=11 lifestyle=-11 politics=-10 sport=-10 health=-11 arts=-10
attack science=-4 lifestyle=-4 politics=11 sport=-4 arts=-4
attend arts=5
attention health=6
attractive lifestyle=8 politics=-5 sport=-5 health=-6
authorities politics=7
available politics=-4
back health=-4
bacteria lifestyle=-5 politics=-5 sport=-5 health=12 arts=-5
bad lifestyle=-4 politics=-5 health=8 arts=-5
ball lifestyle=-4 politics=-6 sport=10 health=-6 arts=-4
band health=-4 arts=11
baseball sport=8
basic science=4
basketball sport=11
battle politics=5 arts=6
beach science=-5 sport=-6 health=-6 arts=4
bear lifestyle=5
beauty arts=7
beer arts=9
began science=-5 politics=9
behavior science=6 lifestyle=-4 politics=-4 sport=-7 arts=-7
between sport=-5
beverage arts=7
bhajan arts=13
big sport=-4 arts=5
bike sport=7
bill politics=5
binary science=6
biology science=4
bird science=5 lifestyle=-5 politics=-5 sport=-5 health=7 arts=-5
birthday arts=8
black politics=-5 sport=4 health=-4 arts=-5
blind health=11
blood science=5 lifestyle=-5 politics=-4 sport=-5 health=5 arts=-4
boat science=-4 lifestyle=5 sport=-5 health=-6 arts=8
body lifestyle=-6 politics=-5 health=5 arts=-6
book science=-4 lifestyle=4 sport=-4 health=-5 arts=8
border science=-7 lifestyle=4 sport=-8 arts=-8
born sport=6
both politics=5 arts=-7
brain lifestyle=-7 politics=-7 sport=-7 health=13 arts=-6
break health=4
bridge science=-6 sport=8 health=-6 arts=-6
budget lifestyle=6
bulb science=5
bus science=-5 lifestyle=9 politics=-5 sport=-5 health=-5 arts=-5
buses lifestyle=7
bush science=-5 lifestyle=-5 politics=12 sport=-5 health=-5 arts=-5
business lifestyle=4
buy lifestyle=5 health=-4
cabbage science=6
call science=6 lifestyle=-7 health=-8
camera science=5
camp science=-9 lifestyle=9 politics=-4 sport=-9
campaign science=-5 lifestyle=-4 politics=10 sport=-5 health=-5 arts=4
cancelled science=-5 health=-6 arts=10
candidate science=-4 politics=10 sport=-4
capital science=-4 lifestyle=-5 politics=-5 health=-5 arts=4
car science=-5 lifestyle=9 politics=-12 sport=4 arts=-13
carbon science=7 lifestyle=-4 sport=-5 health=-5 arts=-4
card lifestyle=4
cart politics=5
case politics=-5 sport=-9 health=11 arts=-6
cat science=8 lifestyle=-6 politics=-6 sport=-5 health=-6 arts=-6
cause lifestyle=-4 politics=-4 sport=-6 health=8 arts=-7
cave science=-4 politics=-4 health=-4 arts=-4
celebrate science=-4 lifestyle=-4 health=-5 arts=14
cell science=8 lifestyle=-6 politics=-7 sport=-8 arts=-6
center politics=-5 sport=-7 health=5 arts=-7
central sport=-7
century lifestyle=5 politics=-8 sport=-8
certain lifestyle=4
champion sport=8
championship science=-4 lifestyle=-4 politics=-4 sport=12 health=-4 arts=-4
change lifestyle=-4 politics=6 arts=-9
channel arts=6
cheap lifestyle=6 politics=-4 health=-5 arts=-5
check lifestyle=5 sport=-5 arts=-5
checkpoint lifestyle=6
chemistry science=4 lifestyle=-4 sport=-4 health=-4 arts=-4
children lifestyle=-7 politics=-7 sport=-5 health=11 arts=4
choice politics=5 sport=-5 health=-4
citizen science=-4 lifestyle=6 health=-4
city science=-15 lifestyle=4 health=-15 arts=6
civil politics=7
class politics=-6 arts=-4
clear health=4
climate science=-4 lifestyle=-4 sport=-4 health=4 arts=-4
climb sport=7
clothes science=4
club science=-7 lifestyle=-6 politics=-7 sport=15 health=-7 arts=-6
coast sport=-6 health=-7 arts=5
coffee arts=9
cold science=-4 lifestyle=-4 politics=4 health=5 arts=-4
color arts=4
combination politics=-4 health=-4
comet science=6 lifestyle=-4 health=-4 arts=-4
comfortable lifestyle=8 politics=-5 sport=-4
comment sport=5
committee science=-4 lifestyle=-4 politics=4 sport=8
common sport=-4
communication science=4
company lifestyle=4 politics=-8 sport=-6 health=-6 arts=6
compared politics=-6 health=6 arts=-6
competition science=-4 sport=11 health=-4 arts=-4
complex arts=4
compound science=4
computer science=9 lifestyle=-6 politics=-6 sport=-6 health=-6 arts=-6
concern health=5
concert arts=10
condition politics=-5 health=5 arts=-5
confirmed health=5 arts=-4
conflict politics=8
congress science=-6 lifestyle=-4 politics=12 sport=-4 health=-6 arts=-6
connection science=4 sport=-4 arts=-4
conservative science=-4 lifestyle=-4 politics=10 sport=-4 health=-4 arts=-4
consists science=4 arts=-4
constitution politics=8
construction science=4
contact sport=-4
contagious health=10
content science=5 lifestyle=-4 sport=-4 health=-4 arts=5
continent science=-5 health=-5 arts=-5
continue health=6
control arts=-5
copy sport=-4 health=-4
cork science=5
cost lifestyle=6 arts=-5
country science=-13 lifestyle=7 politics=4 sport=-7 arts=-5
couple arts=7
course sport=6 health=-4 arts=-5
cover politics=-4 sport=-4 arts=-4
create lifestyle=-5 sport=-4 health=-4 arts=7
crew health=7
crisis politics=8
critical politics=7
cross lifestyle=5 health=-4 arts=-5
cruise lifestyle=8 politics=-4 health=-4
crust lifestyle=-4 arts=-4
crystal sport=-4 health=7
culture science=-7 lifestyle=9 sport=-12 health=-12 arts=6
current politics=4
customer lifestyle=4
cycle sport=8
daily lifestyle=4 politics=-4
damage lifestyle=-4 politics=-4 health=12 arts=-4
danger health=5
dangerous lifestyle=5 health=5 arts=-4
dark science=6 lifestyle=-5 politics=-4 sport=-5 health=-6 arts=-5
data science=6 health=-4 arts=-4
day science=-8 arts=7
de politics=4
death science=-7 lifestyle=-6 politics=-4 health=15 arts=-6
debate politics=9
decided lifestyle=-4 politics=8 health=-5
decision lifestyle=-4 politics=6 sport=5 health=-4
declared science=-5 politics=8
defeat science=-4 lifestyle=-4 sport=6 arts=4
defense politics=5 sport=5
demand lifestyle=4 arts=-4
dependent sport=-4 health=8 arts=-5
depression health=6
described arts=5
design politics=-4 sport=-6 health=-6 arts=9
destination lifestyle=10 politics=-6 sport=-6 health=-5 arts=-6
determined science=4
development science=4 politics=-4 sport=-4 health=-4 arts=-8
device science=5
diabetes health=9
diagnosed science=4 lifestyle=-4 sport=-4 health=4 arts=-4
different politics=-6 sport=-5 health=5 arts=4
difficult politics=-4 arts=-4
dinosaur science=7 lifestyle=-5 politics=-5 sport=-5 health=-5 arts=-5
diplomatic politics=9
direct science=-4 lifestyle=5 politics=5 sport=-7 health=-6
discovered science=5 politics=-4
discovery science=4
disease science=-10 lifestyle=-10 politics=-11 sport=-11 health=18 arts=-11
district lifestyle=4
doctor lifestyle=-5 politics=-5 sport=-5 health=9 arts=-5
document science=-7 politics=11 sport=-8 health=-7 arts=-7
dog science=6 politics=-4
dollars politics=4
door politics=4 health=-4 arts=-4
dozen arts=4
dream sport=5 health=7
drink science=-6 politics=-5 sport=-4 health=8 arts=9
drive science=-6 lifestyle=7 politics=-6 sport=4 arts=-7
due health=6 arts=-4
during science=-4 politics=6 sport=4
dynasty science=-4 lifestyle=-4 politics=11 sport=-4 health=-4 arts=-4
earth science=4 lifestyle=-8 politics=-10 sport=-10 health=-12 arts=-13
earthquake lifestyle=-4 politics=-4 sport=-4 health=6 arts=-4
east science=-7 politics=5 sport=-7 health=-7 arts=-4
eastern science=-4 sport=-4 health=-4
easy lifestyle=4 politics=-5 arts=-8
eat science=7 politics=-4 sport=-6 health=-5
economic politics=5
editor arts=4
effective science=4 lifestyle=-5 sport=-5 health=6 arts=-5
eight sport=4 arts=8
eighteen sport=10
election science=-9 lifestyle=-8 politics=14 sport=-8 health=-10 arts=-4
electric science=5
electronic science=7 lifestyle=-5 politics=-5 sport=-5 health=-5 arts=-4
element science=7 lifestyle=-6 politics=-6 health=-6 arts=-5
elephant lifestyle=4 arts=7
empire lifestyle=-4 politics=5 sport=-4 health=7
encourage health=4 arts=5
end lifestyle=-5 politics=6 sport=7 health=-5
enemy science=-4 politics=10 health=-4 arts=-4
energy science=6 sport=-9 arts=-9
enjoy sport=6
enough politics=-5 sport=-5 health=5 arts=5
enter lifestyle=4 arts=-4
entry sport=-4 arts=-4
envelope politics=9
environment science=-4 sport=10 health=-4
epidemic health=8
equipment sport=5
especially lifestyle=5 politics=-6 sport=-6 health=4
establish politics=4
event science=-9 politics=-7 sport=5 health=-5 arts=12
everything lifestyle=4 sport=-4 health=-6
evolution science=6 politics=-4 sport=-4 arts=-4
example science=7 lifestyle=-4 health=-6 arts=-7
excellent sport=4
execution politics=7
exempt lifestyle=7
expect science=-5 lifestyle=4 politics=4 sport=-4 arts=-5
expensive lifestyle=4 sport=5 health=-4
experience science=-5 sport=-7 arts=9
expert health=10
explosion health=5
expression politics=4
eyes politics=-4 sport=-5 health=11
face health=7 arts=-4
fact science=4
failed politics=4
fair arts=5
family health=-6 arts=4
famous science=-4 sport=4 health=-4 arts=11
fast sport=5 arts=-5
fear health=6
feather science=6
federal politics=8
fee lifestyle=4
feel politics=-4 health=9
fell science=-4 sport=-5
fence sport=11
festival science=-5 lifestyle=-5 politics=-6 sport=-6 health=-6 arts=16
few lifestyle=6 politics=-5
field politics=-4 arts=-4
fifth lifestyle=-4 health=6
fight politics=4
fill lifestyle=5
film science=4 lifestyle=-5 politics=-4 sport=-5 health=-5 arts=10
finally lifestyle=-4 sport=9 health=-4
find politics=-6 sport=-6
finished sport=8 health=-6
fire arts=4
five science=-5 lifestyle=-5 politics=4 sport=4 health=5 arts=-5
flag sport=-5 arts=-4
flowers politics=-5 arts=5
flu health=12
fly lifestyle=10 politics=-7 sport=-10 health=-10 arts=-11
focus lifestyle=4 arts=4
follow lifestyle=-4 arts=5
food science=4 lifestyle=6 politics=-8 sport=-8 health=-8
foot politics=-6 health=-6 arts=4
football sport=10
force lifestyle=-5 sport=-5
foreign politics=4 sport=-4 health=-4 arts=-4
form arts=-4
format science=5 lifestyle=-4 health=-4
four politics=-9 sport=9 health=-9 arts=-7
free arts=7
frequency sport=-4
frequent arts=5
friends science=-5 lifestyle=5 sport=-4 arts=5
front sport=4
fruit science=4
fuel politics=-4 health=-4 arts=-4
full health=-5
function health=4
fund politics=8 sport=-4 arts=-4
future politics=6
galaxy science=8 lifestyle=-6 politics=-6 sport=-6 health=-6 arts=-5
game science=-10 lifestyle=-11 politics=-9 sport=15 health=-11 arts=7
garden arts=12
gas science=7 lifestyle=-4 politics=-4 health=-4
general sport=-5 health=-5 arts=6
generally lifestyle=4
geography lifestyle=-4 politics=-4 sport=-4 health=-4 arts=-4
germ health=6
get arts=-4
give sport=-4
global health=5
go lifestyle=5 health=-5
goal sport=11 health=-7 arts=-5
going lifestyle=5
gold politics=-4 sport=6 health=-4 arts=-4
golf science=-4 lifestyle=-4 politics=-4 sport=13 health=-4 arts=-4
good science=-5 lifestyle=4 politics=-12 sport=5 health=-8 arts=9
government science=-12 lifestyle=-12 politics=15 sport=-12 arts=-12
great arts=4
green sport=4
group arts=7
guest lifestyle=4
gymnastics science=-4 lifestyle=-4 sport=12 health=-4 arts=-4
half sport=6
hall politics=4 arts=5
hand politics=6
hard arts=-5
health science=-7 sport=-5 health=13 arts=-5
heart science=5
help sport=-7
hiking politics=-4 sport=9 health=-4 arts=-4
history science=-7 lifestyle=6 arts=-5
hole science=-4 lifestyle=-4 politics=-4 sport=10 health=-5 arts=-5
home science=-4 lifestyle=4 politics=-7 sport=-8 health=7
hope lifestyle=-4 politics=6 arts=-4
horse lifestyle=5
hospital science=-9 lifestyle=-6 sport=-9 health=14 arts=-9
host health=-4 arts=4
hot health=4
hotel science=-6 lifestyle=10 health=-12
hours lifestyle=-4 health=-6 arts=-4
house sport=-7 health=6
however arts=6
human science=7 politics=-6 sport=-6 arts=-7
hundred sport=4
hunt sport=6
hurricane science=-4 lifestyle=-4 politics=4 sport=-4 health=-4 arts=-4
hurt health=9
hydrogen science=6 lifestyle=-4 politics=-4 health=-4 arts=-4
ice lifestyle=5 politics=-6 health=-8 arts=-7
idea science=5 health=-5
identity politics=4 health=-4
image science=4 lifestyle=-4 sport=-4 health=-4 arts=4
immigrant lifestyle=5
important science=-4 arts=4
including politics=-5
independent science=-8 politics=10 health=-10
individuals arts=-4
infection lifestyle=-7 politics=-7 sport=-6 health=15 arts=-6
influence arts=4
information science=7 politics=-4 sport=-8 health=-6
initially health=7
injured science=-8 politics=-8 health=11
insurance lifestyle=4 health=6
interaction lifestyle=4
interesting lifestyle=5 politics=-4
international science=-7 lifestyle=6 politics=4 sport=-8 health=-9 arts=7
internet science=9 lifestyle=-10 politics=-12 sport=-12 health=-12 arts=4
interpreter science=5
invasion politics=8
invisible science=4
islands science=-11 lifestyle=4 sport=-13 health=-13 arts=-8
join sport=6
judge arts=4
juice science=4 politics=-4 sport=-4 arts=6
kilometers lifestyle=-4 health=-4 arts=-4
king science=-4 lifestyle=-4 politics=6 sport=5 health=-4
kingdom politics=8
km lifestyle=-9 politics=-7 health=-9 arts=-9
know politics=-6 sport=-5 health=5
knowledge lifestyle=-4 politics=-5 sport=-5 health=6 arts=5
la politics=4
lack health=6
lady politics=5
lake science=-7 lifestyle=4 politics=-7 sport=-5 health=-7 arts=4
land lifestyle=6 sport=-4 health=-4 arts=-4
language science=5 lifestyle=4 politics=-7 sport=-7 health=-4 arts=-7
large politics=-4 sport=-5 arts=5
largest lifestyle=-4 politics=-5 sport=-6
last politics=4 sport=5 health=-7
late lifestyle=-5 arts=6
later science=4 lifestyle=-5 sport=-5
law science=-4 politics=10 sport=-8 health=-7
lead lifestyle=-5 politics=8
learn politics=-5 health=4
least politics=-6 sport=4 health=4 arts=-6
leaves science=6 sport=-4 health=-4 arts=-4
left science=-4 lifestyle=4
legal politics=5
legislation politics=7
lens science=6 lifestyle=-4 politics=-4
less politics=-9 health=6 arts=-5
letter sport=5
life politics=-9 sport=-7 health=-7 arts=7
light science=8 lifestyle=-8 politics=-5 sport=-4 health=-7 arts=-5
limit sport=-7 arts=-6
lion science=7 lifestyle=-6 sport=-6 health=-6 arts=-6
liquid science=5 lifestyle=-4 politics=-4 sport=-4 arts=-4
little politics=-4 sport=4 arts=-4
local sport=-8
location lifestyle=4 health=-5
long politics=-4
look politics=-4
lost science=-5 sport=9
lot politics=-5
love sport=5
low sport=-4 health=6 arts=-5
made lifestyle=-4
magnetic science=8 lifestyle=-6 politics=-6 sport=-6 health=-6 arts=-6
main health=-5 arts=5
major health=-4 arts=6
manager arts=4
map politics=-4 health=-5 arts=7
marathon science=-4 sport=8 arts=-4
market lifestyle=4
marriage politics=8
married sport=-4 arts=5
match science=-6 lifestyle=-7 sport=14 health=-4 arts=-5
material science=4 lifestyle=-5 sport=-5 health=-4 arts=-4
mathematics science=4 politics=-4 sport=-4 arts=-4
matter science=8 lifestyle=-7 politics=-5 sport=-8 health=-6 arts=-6
maximum science=4 politics=-4
mean politics=-4 sport=-7 arts=-8
medal sport=10
medical lifestyle=-6 politics=-6 sport=-6 health=14 arts=-6
medicine lifestyle=-4 politics=-5 sport=-5 health=12 arts=-4
meet science=-5 lifestyle=4
member science=-5 politics=10 sport=-4 arts=-6
metal science=6 lifestyle=-4 politics=-4 health=-4 arts=-4
method science=4
microscope science=7 lifestyle=-4 politics=-4 sport=-4 arts=-4
middle politics=4
miles lifestyle=-10 sport=-4 health=-11 arts=-9
military politics=8
milk science=6
million science=-5 health=6 arts=-11
minister science=-8 lifestyle=-7 politics=13 sport=-9 arts=-8
minutes politics=-6 arts=-8
miss sport=5
model science=6
modern politics=-4 health=-5 arts=-5
molecular science=6
money lifestyle=8 sport=-7 health=-7 arts=-7
month politics=7 sport=-5 health=-7 arts=-4
moon science=4 lifestyle=-7 politics=-6 sport=-4 health=-8 arts=-9
morning science=-7 politics=7 sport=-6 health=-6 arts=5
mortality health=9
mosquito science=-4 politics=-5 sport=-5 health=10 arts=-4
mountain science=-6 lifestyle=-5 politics=-7 health=-7
move arts=-5
movie lifestyle=-5 politics=-4 sport=-5 health=-5 arts=11
museum arts=-4
music science=-6 lifestyle=-5 politics=-4 sport=-4 health=-6 arts=16
name politics=4 health=-6
national science=-12 politics=6 health=-6
natural lifestyle=4 politics=-5 health=-5 arts=-7
navy lifestyle=-4 politics=9 health=-4 arts=-4
near lifestyle=4 politics=-4 sport=-8 arts=-4
necessary sport=4 arts=-4
need lifestyle=6 politics=-9 arts=-8
negative health=5
neighbor politics=4
nervous lifestyle=-4 health=9 arts=-4
network health=-4
never politics=-4 arts=6
night science=-9 health=5 arts=10
nine politics=9
nominative arts=11
normal lifestyle=5 sport=-5 arts=-6
north science=-8 politics=4 health=-11 arts=-12
northern arts=-6
nose health=8
now lifestyle=-4 politics=6 sport=-7 arts=-7
nuclear science=4 lifestyle=-5 politics=4 sport=-5 health=-4 arts=-5
nucleus science=5
number science=7 lifestyle=-5 politics=-7 health=-4
object science=5 sport=-4 health=-5 arts=-4
observed science=5
ocean science=-8 sport=-8 health=-8 arts=-9
offer lifestyle=7 politics=-6 sport=-8 health=-8 arts=6
official science=-4 lifestyle=-4 politics=9 arts=-4
often lifestyle=4 sport=-6 health=-7 arts=4
old science=-5 sport=6
online politics=-4 sport=-4 health=-4 arts=9
open science=-4 politics=5 health=-6
operation politics=4
opportunity arts=5
orchestra arts=13
order politics=4
organization science=4 arts=-10
origin politics=4 health=-4
outbreak science=-4 lifestyle=-5 sport=-4 health=13 arts=-4
outside health=-4 arts=-6
oxygen science=6 lifestyle=-4 politics=-4 sport=-4 arts=-4
page sport=-4
pain sport=-4 health=11
painting sport=4 arts=5
paper politics=4 sport=-4
park science=-7 lifestyle=4 politics=-6 sport=-5 health=-7
partial arts=5
participate sport=6 arts=4
particle science=7 lifestyle=-4 politics=-4 sport=-5 health=-4 arts=-5
particular lifestyle=4 politics=-5 sport=-4
party politics=5 arts=5
passengers science=-5 lifestyle=10 politics=-5 sport=-5 health=-5 arts=-5
passport science=-8 lifestyle=10 sport=-8 health=-7 arts=-8
patients science=-5 lifestyle=-5 politics=-5 sport=-5 health=15 arts=-5
pay lifestyle=4
peace health=7
peninsula politics=5
per health=4
percent science=-4 lifestyle=-4 politics=5 health=5 arts=-4
perform arts=5
period politics=4
pet health=5
phone science=7 sport=-8 health=-8 arts=-8
photo science=8 lifestyle=-8 politics=-7 sport=-8 arts=-4
photon science=6
physical politics=-5 arts=-6
picture science=6 lifestyle=-5 politics=-5 sport=-4
place science=-4 lifestyle=6 politics=-4 health=-6
plan lifestyle=6 arts=-6
planet science=6 lifestyle=-6 politics=-6 sport=-7 health=-7 arts=-7
plant science=7 politics=-7 sport=-7 health=-6 arts=4
plasma science=7 lifestyle=-4 politics=-4 sport=-5 health=-5 arts=-4
plateau science=-4 lifestyle=-4 sport=-4 health=-4 arts=-4
play science=-10 lifestyle=-6 politics=-10 sport=15 health=-10
please lifestyle=5
point sport=6 arts=-5
poison science=4 politics=-4 sport=-4 health=5
police science=-7 politics=11 health=-7 arts=-7
political lifestyle=-7 politics=12 sport=-5 health=-7 arts=-7
polo science=-4 politics=-4 sport=10
popular lifestyle=4 health=-7
population politics=-4 sport=-5 health=-5 arts=-4
positive lifestyle=-5 sport=6 health=5 arts=-7
possible arts=-5
potential lifestyle=5 politics=-5 sport=-5 arts=-4
power lifestyle=-4 politics=9 sport=-4 arts=-5
prepared sport=6
presence politics=4
present arts=4
president science=-11 lifestyle=-12 politics=13 sport=-12 health=5
press arts=6
prevent politics=5 sport=-4 health=5 arts=-4
prey science=6 politics=-4 sport=-4 health=-4 arts=-4
price science=-5 lifestyle=9 politics=-5 health=-4 arts=-5
pride science=5
prime lifestyle=-4 politics=8
printer health=6
probably arts=-5
problem lifestyle=-4 politics=-5 sport=-6 health=13 arts=-8
procedures politics=6
process science=5 lifestyle=-4 politics=4 sport=-9 health=-9
product politics=-5
professional politics=-4 sport=7
program lifestyle=-4 politics=-5 sport=5 health=-7 arts=11
project health=-4
promise health=8
proposal politics=7
protect politics=4
protein science=6
protest science=-8 lifestyle=-8 politics=14 sport=-8 health=-8 arts=-8
protocol science=6 lifestyle=-4 sport=-4 health=-4 arts=-4
provide health=-4
province politics=9 sport=-4
public lifestyle=-6 politics=6 sport=-7 health=-7 arts=7
published arts=7
race science=-8 lifestyle=-7 sport=15 health=-8 arts=-7
radio science=4 lifestyle=-6 politics=-6 sport=-6 health=-5 arts=11
rain politics=-4 health=-4
rare lifestyle=6 politics=-4
reach arts=-4
reaction science=6 lifestyle=-5 sport=-4 arts=-5
read science=-4 lifestyle=-4 politics=6 arts=8
really science=4 politics=-5
reason arts=5
recently sport=5 health=-4
recommended lifestyle=5
record politics=-5 arts=5
red science=4 politics=-4 health=-4 arts=-5
reduce health=5
region sport=-6 arts=-5
regular politics=-4
relationship politics=4 health=4
relatively politics=-5 sport=7 health=-4 arts=-6
remember lifestyle=4 health=-4 arts=6
remote science=4
reported science=-6 lifestyle=-4 politics=7 sport=-6 health=5
representative science=-4 lifestyle=-4 politics=11 health=-4 arts=-4
republic science=-6 politics=8 sport=-4 health=-5 arts=-5
required lifestyle=5 arts=-10
research science=8 lifestyle=-8 politics=-7 sport=-9 health=4 arts=-10
reserve science=-4 lifestyle=8 politics=-4 sport=-5 health=-5 arts=-5
resign politics=8
respect politics=5
respectively arts=8
response politics=7 sport=-4 arts=5
restaurant science=-4 lifestyle=5 health=-4 arts=6
result lifestyle=-7 politics=5 arts=-5
return lifestyle=4 health=-6
revolution politics=7
rich arts=9
risk politics=4 sport=-4
river science=-8 lifestyle=-8 sport=-8 arts=-9
road lifestyle=6
roar science=5
rock science=-4 politics=-4 health=-4 arts=9
rocket science=6 sport=-4 health=-4 arts=-4
roll sport=5
room health=-4
root science=4 health=-4
rotation science=4
round sport=6 health=-4
route science=-4 lifestyle=8 politics=-6 health=-6 arts=-6
rugby science=-5 lifestyle=-5 politics=-5 sport=14 health=-5 arts=-5
run science=-4 sport=9 health=-4
safe sport=7 arts=4
sanction politics=8
satellite science=8 lifestyle=-8 politics=-8 sport=-8 health=-8 arts=-7
save sport=-4
scene arts=7
school health=5 arts=4
science science=7 lifestyle=-7 politics=-8 sport=-8 health=-4
scientific science=7 lifestyle=-7 politics=-7 sport=-7 health=-4
scientists science=9 lifestyle=-13 politics=-13 sport=-13 arts=-12
score science=-4 lifestyle=-4 politics=-5 sport=12
sea lifestyle=4 sport=-11 health=-11 arts=-8
season science=-9 lifestyle=-8 politics=-9 sport=15 arts=-7
security politics=6 arts=-4
see politics=-7 sport=-6
seed health=5
seems health=7
seldom lifestyle=4
sell arts=5
senate science=-5 lifestyle=-5 politics=11 sport=-5 health=-5 arts=-5
sense arts=-4
sent lifestyle=-5 politics=9 sport=-6 arts=-5
sentence lifestyle=-5 politics=7 sport=-4 health=-5 arts=-5
serious health=5
service science=5 lifestyle=4 politics=-5 health=-7 arts=-9
seven science=-6 lifestyle=-5 politics=-5 sport=9 arts=4
several politics=-4 health=5
sex politics=6 sport=-4 health=-4 arts=5
ship lifestyle=7 sport=-7 health=-8 arts=-5
shock health=5
shop lifestyle=7 politics=-4 sport=-6 health=-6 arts=5
show lifestyle=-7 politics=-7 sport=-8 arts=14
sick science=-4 sport=-4 health=12 arts=-4
side health=-4
sign lifestyle=-4 politics=9 sport=-5 arts=-4
silver science=4
similar health=-5
simple science=4
sing science=-7 lifestyle=-7 politics=-7 sport=-8 health=-8 arts=18
sister lifestyle=-4 politics=-4 sport=4 health=-4 arts=-4
sit sport=4 health=-4
site politics=-4 sport=-4 health=-6 arts=10
situation health=6
six science=-4 health=-4
skate sport=4
skier sport=11
skiing science=-10 lifestyle=-9 politics=-10 sport=16 health=-10
sky science=4
sleep science=-7 lifestyle=6 politics=-7 sport=-6 health=10 arts=-6
small science=6 politics=-12 sport=-6 health=-7 arts=-6
snow science=-6 lifestyle=8 politics=-8 sport=-7 health=-8 arts=4
social science=6 health=-4
solar science=6
something politics=-4 sport=-4 health=-4
sometimes science=-7 lifestyle=6 health=-8
somewhere lifestyle=4
song arts=10
sound arts=6
source science=4
south science=-12 arts=-5
southern science=-4
space science=5 politics=-5 sport=-5 health=-6 arts=-5
speak sport=-4 health=7
special lifestyle=4 politics=-4 arts=5
species science=5 politics=-4
specific health=4
speed lifestyle=-5 politics=-5 sport=4 arts=-6
spend lifestyle=4
spokesman politics=7 health=4
sport science=-8 lifestyle=-7 politics=-8 sport=16 health=-8 arts=-6
spread health=6
square lifestyle=-4 health=-4
st lifestyle=4
stable politics=-4 sport=-4 health=7 arts=-5
stadium sport=6 arts=6
stage lifestyle=-5 arts=10
stand sport=5
standard politics=-4 sport=-5 arts=-5
star science=8 lifestyle=-6 sport=-7 health=-7 arts=-5
started science=-6 lifestyle=-4 politics=8
stay lifestyle=5
stop politics=4
storm science=-4 lifestyle=-4 sport=-4
streak sport=9
street politics=5 arts=4
strong politics=4 sport=-4 health=-4
structure science=7 lifestyle=-4 politics=-4 sport=-4 health=-4 arts=-5
students politics=-6 health=-4
study politics=-6 sport=-4 health=9
style lifestyle=5
submarine science=5 lifestyle=-5 politics=4 sport=-4 health=-5 arts=-5
success sport=7
suffer health=7
suggest sport=-4
summer science=-6 politics=-6 sport=6 health=8 arts=-5
sun science=10 lifestyle=-7 politics=-9 sport=-10 health=-10 arts=-6
super sport=9
support sport=5 arts=-8
surface lifestyle=-5 politics=-6 sport=-5 health=-5 arts=-5
surgery health=8
swim politics=-4 sport=5 health=-4 arts=8
symptoms science=-4 lifestyle=-4 politics=-4 sport=-4 health=13
system science=4 sport=-9 health=4 arts=-9
tail science=4
tank politics=6
tax science=-4 politics=6 health=-4 arts=-4
taxi science=-4 lifestyle=5 politics=-4 sport=-4 health=-4 arts=7
tea health=7 arts=7
teacher arts=4
team science=-5 lifestyle=-10 politics=-8 sport=14 health=-8
tears arts=6
technology science=8 lifestyle=-6 sport=-6 health=-7 arts=-7
teeth science=5
telephone science=6 sport=-4 health=-4 arts=-4
telescope science=9 lifestyle=-7 politics=-7 sport=-6 health=-7 arts=-7
television lifestyle=-6 sport=-5 arts=11
temperature sport=-4 arts=-4
temple science=-5 politics=-4 sport=-5 health=-5 arts=12
ten science=-6 politics=4 sport=7 arts=-6
tender lifestyle=5
tenth sport=8
term arts=-4
test health=6
text science=4 lifestyle=-4 politics=4 sport=-5 health=-4
theater politics=5 arts=7
theoretical science=6
theory science=9 lifestyle=-7 politics=-6 sport=-7 health=-7 arts=-6
things science=4 health=-4 arts=-4
thirty health=7
thousand politics=-8 sport=-9 health=6 arts=-6
three lifestyle=-5 health=6 arts=-10
through sport=-5 health=-4 arts=-4
ticket science=-7 lifestyle=10 politics=-6 sport=-6 health=-8
tide science=5
tiger science=6 lifestyle=-4 politics=-4 health=-4
tiny science=5
today lifestyle=-6 sport=4 arts=4
tonight politics=5
tool health=5
total health=4 arts=-4
tourist science=-14 lifestyle=12 politics=-10 health=-14
tournament science=-4 lifestyle=-4 politics=-4 sport=12 health=-4
toward politics=4
town science=-6 health=-5 arts=4
trade politics=9
traditional science=-4 lifestyle=7 sport=-5 health=-4
traffic lifestyle=8 sport=-7 health=-7 arts=-8
train lifestyle=5 politics=-4 health=-5 arts=-4
translate science=7 lifestyle=-4 sport=-4 health=-5 arts=-4
transport lifestyle=6 politics=-5 sport=-7 arts=-5
trauma health=6
travel science=-6 lifestyle=13 politics=-15 sport=-9 health=-15 arts=-7
travelling science=-9 lifestyle=12 politics=-10 sport=-9 health=-8 arts=-9
treasure arts=9
treatment lifestyle=-4 health=9
trip science=-6 lifestyle=11 politics=-7 sport=-4 health=-8 arts=-6
troops science=-5 politics=6 sport=-5 health=6
try science=-7 politics=5 sport=4
turkey science=-8 politics=-4 sport=-8
twenty health=5
type politics=-5 sport=-6 health=7
under lifestyle=-4 politics=7 health=-4 arts=-5
understand politics=-4 health=7 arts=-4
university science=6 lifestyle=-10 politics=-9 health=4
urinate lifestyle=-4 politics=-4 sport=-4 health=9 arts=-4
use science=8 politics=-7 sport=-5 health=-4 arts=-6
used science=6 sport=-6 arts=-4
user science=5
using science=5 arts=-4
usually lifestyle=5 politics=-8 health=-8 arts=-4
vaccine science=-5 lifestyle=-4 politics=-4 sport=-5 health=14 arts=-5
valid lifestyle=6
valley politics=5 health=-4 arts=-4
variable sport=-4
vary politics=4
vehicle lifestyle=8 politics=-5 health=-5 arts=-4
victory science=-4 lifestyle=-4 sport=11 health=-4 arts=-4
video science=5 lifestyle=-6 politics=-6 sport=-4 health=-5 arts=7
view sport=-4
violence politics=8
virtue science=6
virus lifestyle=-8 politics=-7 health=14 arts=-8
visa science=-8 lifestyle=11 politics=-7 sport=-8 health=-5 arts=-8
visit science=-9 lifestyle=12 politics=-10 sport=-12 health=-8 arts=-5
voice lifestyle=-4 politics=4 sport=-4
volunteer science=-5 lifestyle=4 sport=4 health=-5 arts=-5
vote science=-5 lifestyle=-6 politics=10 health=-5 arts=-6
voter politics=9
wait lifestyle=4
walk lifestyle=4 sport=4
wall arts=7
want lifestyle=5
war science=-4 lifestyle=-6 politics=14 sport=-10 health=-13 arts=-6
watch arts=4
water politics=-5 sport=-8 arts=-13
way lifestyle=7 politics=-5 sport=-7 arts=-6
weak politics=6
weapon health=6
web science=5 lifestyle=-6 politics=-7 sport=-7 health=-7 arts=11
week science=-5 sport=6 health=-4 arts=-5
well politics=-5 arts=5
west sport=-8 health=-10 arts=-7
white lifestyle=-4 sport=-4 health=-4
wide sport=-4 health=-4
wild lifestyle=5 politics=-5 health=-5 arts=-5
wildlife politics=-5 arts=-5
willingly politics=7
win science=-7 lifestyle=-7 sport=13 health=-8 arts=-5
wind arts=6
winner sport=7
winter science=-7 politics=-6 sport=10 health=-6 arts=5
within arts=-4
without lifestyle=4 politics=-7 sport=-9 arts=-5
woman health=7 arts=-4
word science=5 lifestyle=-5 sport=-7
work politics=-6 sport=-4
world health=-4
write lifestyle=-4 sport=-4 health=4 arts=5
yesterday science=-6 politics=7 sport=4 health=-6 arts=-6
young health=6
`;

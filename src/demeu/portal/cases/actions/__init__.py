"""Changing applications, cases and disputed facts, one module per subject."""

from demeu.portal.cases.actions.applications import answer_codes as answer_codes
from demeu.portal.cases.actions.applications import answer_handed_over as answer_handed_over
from demeu.portal.cases.actions.applications import answer_words as answer_words
from demeu.portal.cases.actions.applications import leave_out as leave_out
from demeu.portal.cases.actions.applications import lose_consent as lose_consent
from demeu.portal.cases.actions.applications import move_application as move_application
from demeu.portal.cases.actions.applications import note_assessment as note_assessment
from demeu.portal.cases.actions.applications import note_consent as note_consent
from demeu.portal.cases.actions.applications import note_gathering as note_gathering
from demeu.portal.cases.actions.applications import note_reassessment as note_reassessment
from demeu.portal.cases.actions.applications import note_silence as note_silence
from demeu.portal.cases.actions.applications import open_fast_lane as open_fast_lane
from demeu.portal.cases.actions.applications import start_application as start_application
from demeu.portal.cases.actions.applications import submit_application as submit_application
from demeu.portal.cases.actions.applications import withdraw_application as withdraw_application
from demeu.portal.cases.actions.cases import advance_case as advance_case
from demeu.portal.cases.actions.cases import move_case as move_case
from demeu.portal.cases.actions.cases import note_update as note_update
from demeu.portal.cases.actions.cases import set_case as set_case

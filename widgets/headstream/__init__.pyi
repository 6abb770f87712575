# The public names, in their one list: type checkers read it, and __init__.py reads it to load each at its first use.
from . import demos as demos
from . import exercises as exercises
from . import models as models
from .exercises import check as check
from .exercises import hint as hint
from .exercises import predict as predict
from .exercises import solution as solution
from .framework.ladder import ladder as ladder
from .framework.lens import logit_lens as logit_lens
from .framework.residual import attribute_direction as attribute_direction
from .framework.residual import attribute_logit as attribute_logit
from .framework.residual import project as project
from .framework.residual import write_norms as write_norms
from .models import load as load
from .models import run as run
from .plots import figures as figures
from .sources import source as source
from .views.attention_heatmap import AttentionHeatmap as AttentionHeatmap
from .views.board import Board as Board
from .views.check import Check as Check
from .views.circuit_table import CircuitTable as CircuitTable
from .views.logit_lens_grid import LogitLensGrid as LogitLensGrid
from .views.model_ladder import ModelLadder as ModelLadder
from .views.prediction import Prediction as Prediction
from .views.residual_bars import ResidualBars as ResidualBars
from .views.shared.lecture import lecture as lecture
from .views.shared.selection import Selection as Selection
from .views.shared.view import link as link
from .views.token_values import TokenValues as TokenValues

__version__: str

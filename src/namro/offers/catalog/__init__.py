"""What the package declares of the offers: registers of personal data and the rules over them."""

from namro.offers.catalog.registers import Registers, read_registers, register_of
from namro.offers.catalog.rules import Known, read_rules, rule_of

__all__ = ["Known", "Registers", "read_registers", "read_rules", "register_of", "rule_of"]

"""Motifs, openings, slots and appointments of the pôle and its antennas."""

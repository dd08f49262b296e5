// arch: arm64
// rule: OH305
// expect: OH305 f+0x0
// flags: -O2
// why: the last instruction of the entry needs an operand that lies behind its end

	.text
	.globl	f
	.type	f, %function
f:
	add	w0, w0, w1
	lsl	w0, w0, 1
	ret
	.size	f, .-f
	.section	.eh_frame,"a",%progbits
.Lcie:
	.long	.Lcie_end-.Lcie_id
.Lcie_id:
	.long	0
	.byte	1
	.asciz	"zR"
	.uleb128 4
	.sleb128 -8
	.uleb128 30
	.uleb128 1
	.byte	0x1b			// pc-relative, four bytes
	.byte	0x0c, 31, 0		// DW_CFA_def_cfa
	.balign	8, 0
.Lcie_end:
	.long	.Lfde0_end-.Lfde0
.Lfde0:
	.long	.Lfde0-.Lcie
	.long	f-.
	.long	12
	.uleb128 0
	.byte	0, 0
	.byte	0x0c			// planted: DW_CFA_def_cfa without operands
.Lfde0_end:

// arch: arm64
// rule: OH305
// expect: silent
// flags: -O2
// why: the augmentation of GCC before 3.0: a pointer behind the string, addresses as they are

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
	.asciz	"eh"
	.quad	0
	.uleb128 4
	.sleb128 -8
	.uleb128 30
	.byte	0x0c, 31, 0		// DW_CFA_def_cfa
	.balign	8, 0
.Lcie_end:
	.long	.Lfde0_end-.Lfde0
.Lfde0:
	.long	.Lfde0-.Lcie
	.quad	f
	.quad	12
	.balign	8, 0
.Lfde0_end:

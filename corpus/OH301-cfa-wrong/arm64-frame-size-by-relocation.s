// arch: arm64
// rule: OH301
// expect: OH301 f+0x10
// flags: -O2
// source: by hand, the twin of x86-64-frame-size-by-relocation.s
// why: the zero in the instruction is filled in by the linker: SP moves, and the row does not say so

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset x29, -16
	.cfi_offset x30, -8
	mov	x29, sp
	movz	x9, #:abs_g0:size_of_frame	// planted
	sub	sp, sp, x9
	nop
	mov	sp, x29
	ldp	x29, x30, [sp], 16
	.cfi_restore x30
	.cfi_restore x29
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f

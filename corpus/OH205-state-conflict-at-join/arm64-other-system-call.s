// arch: arm64
// rule: OH205
// expect: OH203 f+0x1c
// expect: OH205 f+0x18
// expect: OH205 f+0x1c
// flags: -O2
// source: by hand, after internal_clone of compiler-rt's sanitizer_common, which ends the child so
// why: this system call does come back, with another frame than the path around it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	x30, [sp, -16]!
	.cfi_def_cfa_offset	16
	.cfi_offset	30, -16
	bl	g
	cbnz	x0, .Lparent
	ldr	x30, [sp], 16
	.cfi_def_cfa_offset	0
	.cfi_restore	30
	mov	x8, 95	// planted: not exit
	svc	0
.Lparent:
	.cfi_def_cfa_offset	16
	.cfi_offset	30, -16
	ldr	x30, [sp], 16
	.cfi_def_cfa_offset	0
	.cfi_restore	30
	ret
	.cfi_endproc
	.size	f, .-f

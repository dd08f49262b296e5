// arch: x86-64
// rule: OH102
// expect: silent
// flags: -O2
// source: gcc-12 -O2
// why: a jump into the middle of f.cold and back into the middle of f stays within one function

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%esi, %ebx
	call	g
	testl	%eax, %eax
	js	.L3
	je	.L4
.L2:
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.text.unlikely,"ax",%progbits
	.cfi_startproc
	.type	f.cold, %function
f.cold:
.L3:
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	$1, %edi
	call	bad
.L4:
	movl	%ebx, %edi
	call	g
	jmp	.L2
	.cfi_endproc
	.size	f.cold, .-f.cold
